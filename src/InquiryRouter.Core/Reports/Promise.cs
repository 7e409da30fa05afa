namespace InquiryRouter.Core.Reports;

/// <summary>A promise about time. Of an inquiry it is late when it was late once, open while it may still be kept, else kept.</summary>
/// <param name="Code">Stored, and in addresses.</param>
/// <param name="Name">What a person reads.</param>
/// <param name="Says">What is promised.</param>
public sealed record Promise(string Code, string Name, string Says)
{
    public const string Kept = "kept";
    public const string Late = "late";
    public const string Open = "open";

    /// <summary>What can become of one.</summary>
    public static readonly IReadOnlyList<string> Outcomes = [Kept, Late, Open];

    /// <summary>What a mail may take that is sent at once, and a check-in after its moment.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromHours(1);

    public static readonly Promise Acknowledgement =
        new("acknowledgement", "Patient told we have it", "The acknowledgement is sent within an hour.");

    public static readonly Promise Review =
        new("review", "Answered by us in time", "What needs a person is answered by the time it is due.");

    public static readonly Promise Offer =
        new("offer", "Clinics answer in time", "A clinic that is asked answers before its time is over.");

    public static readonly Promise CheckIn =
        new("check-in", "Patient asked how it goes", "A check-in is sent within an hour of its moment.");

    public static readonly IReadOnlyList<Promise> All = [Acknowledgement, Review, Offer, CheckIn];

    public static Promise? Of(string? code) => All.FirstOrDefault(p => p.Code == code);

    /// <summary>What becomes of a promise that was made several times.</summary>
    /// <returns>Null: it was not made.</returns>
    public static string? Worst(IEnumerable<string?> each)
    {
        string? worst = null;
        foreach (var one in each)
        {
            worst = worst == Late || one == Late ? Late : worst == Open || one == Open ? Open : worst ?? one;
        }

        return worst;
    }

    /// <summary>One that is due at a moment.</summary>
    public static string At(DateTimeOffset due, DateTimeOffset? done, DateTimeOffset now) =>
        (done ?? now) > due ? Late : done is null ? Open : Kept;
}
