namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>Settings under <c>Privacy</c>.</summary>
public sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>Base64 of 32 bytes; beats the file. For environments that hand secrets over as variables.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file with Base64 of 32 bytes; default <c>keys/master.key</c> under Data:Directory, made on the first start of a SQLite installation.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>Keys that are still read, and wrap nothing any more: Base64 texts, separated by commas. For environments that hand secrets over as variables.</summary>
    public string? OldMasterKeys { get; set; }

    /// <summary>Files of such keys, separated by commas; default: all <c>*.key</c> in the folder <c>old</c> beside the master key's file.</summary>
    public string? OldMasterKeyFiles { get; set; }

    /// <summary>Days after which a closed inquiry is erased; 0 keeps it.</summary>
    public int RetentionDays { get; set; } = 730;

    /// <summary>Days after which suspected spam that nobody released is erased; 0 keeps it.</summary>
    public int QuarantineDays { get; set; } = 90;

    /// <summary>A file that says which inquiries were erased, for restoring older backups; default <c>erased.log</c> under Data:Directory.</summary>
    public string? ErasureLedger { get; set; }
}
