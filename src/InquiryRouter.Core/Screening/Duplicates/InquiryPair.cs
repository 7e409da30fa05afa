namespace InquiryRouter.Core.Screening.Duplicates;

/// <summary>What is known of two inquiries that may be of one patient. Stored by name. Every step can be undone.</summary>
public enum PairState
{
    /// <summary>The program thinks so; nobody has decided.</summary>
    Suggested,

    /// <summary>A coordinator says: one patient, one matter.</summary>
    Confirmed,

    /// <summary>A coordinator says: two.</summary>
    Rejected,
}

/// <summary>What speaks for or against two inquiries being of one patient: codes as they are stored, and what a coordinator reads.</summary>
public static class PairReason
{
    public const string SameMail = "same-mail";
    public const string SamePhone = "same-phone";
    public const string SameName = "same-name";
    public const string SimilarName = "similar-name";
    public const string SameBirthYear = "same-birth-year";
    public const string OtherBirthYear = "other-birth-year";
    public const string OtherCondition = "other-condition";
    public const string Closed = "closed";
    public const string Quarantined = "quarantined";
    public const string LongAgo = "long-ago";

    /// <summary>A coordinator paired them; the program had not thought of it.</summary>
    public const string ByHand = "by-hand";

    /// <summary>The code in words; a code of a newer version explains itself.</summary>
    public static string Text(string code) => code switch
    {
        SameMail => "same mailbox",
        SamePhone => "same phone",
        SameName => "same name",
        SimilarName => "similar name",
        SameBirthYear => "same year of birth",
        OtherBirthYear => "but another year of birth",
        OtherCondition => "but another condition",
        Closed => "but the other is closed",
        Quarantined => "but the other is quarantined",
        LongAgo => "but the other is long ago",
        ByHand => "paired by hand",
        _ => code,
    };
}
