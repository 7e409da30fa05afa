namespace InquiryRouter.Infrastructure.Data;

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Settings under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>On SQLite derived from <c>Data:Directory</c> when empty; required on SQL Server.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>Settings under <c>Data</c>.</summary>
public sealed class DataOptions
{
    public const string Section = "Data";

    public const int DefaultDemoInquiries = 200;

    /// <summary>Where the SQLite file, the master key and mail files live; relative to the working directory.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>How many invented inquiries an empty database gets at its first start in Development; 0: none.</summary>
    public int DemoInquiries { get; set; } = DefaultDemoInquiries;

    public string SqliteFile => Path.Combine(Directory, "inquiryrouter.db");

    public string MasterKeyFile => Path.Combine(Directory, "keys", "master.key");

    public string MailDirectory => Path.Combine(Directory, "mail");

    /// <summary>The facilitator's logo and own texts, where no setting names them.</summary>
    public string BrandDirectory => Path.Combine(Directory, "brand");

    public string ErasureLedger => Path.Combine(Directory, "erased.log");
}
