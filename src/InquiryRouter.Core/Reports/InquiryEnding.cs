using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Reports;

/// <summary>How an inquiry has ended, or where it stands: each inquiry is in exactly one. Codes are stored, and stand in addresses.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">What a person reads.</param>
/// <param name="States">The states it is made of.</param>
/// <param name="Reason">Of the closed ones: why, as the inquiry stores it; null: for any other reason.</param>
public sealed record InquiryEnding(string Code, string Name, IReadOnlyList<InquiryState> States, string? Reason = null)
{
    private static readonly InquiryState[] s_closed = [InquiryState.Closed];

    public static readonly InquiryEnding Treated = Closed(HoldReason.Treated, "treated");
    public static readonly InquiryEnding Booked = new("booked", "booked", [InquiryState.Booked]);
    public static readonly InquiryEnding Accepted = new("accepted", "accepted", [InquiryState.Accepted]);
    public static readonly InquiryEnding Referred = new("referred", "with clinics", [InquiryState.Referred]);

    public static readonly InquiryEnding OnItsWay =
        new("on-its-way", "on its way", [InquiryState.Received, InquiryState.Screened, InquiryState.Matched]);

    public static readonly InquiryEnding Held = new("held", "held by us", [InquiryState.Held]);
    public static readonly InquiryEnding AwaitingPatient = new("awaiting-patient", "patient asked", [InquiryState.AwaitingPatient]);
    public static readonly InquiryEnding Quarantined = new("quarantined", "suspected spam", [InquiryState.Quarantined]);
    public static readonly InquiryEnding Otherwise = new("closed-otherwise", "closed otherwise", s_closed);

    /// <summary>In the order a page shows them: from what went well.</summary>
    public static readonly IReadOnlyList<InquiryEnding> All =
    [
        Treated, Booked, Accepted, Referred, OnItsWay, Held, AwaitingPatient,
        Closed(HoldReason.BookedElsewhere, "booked elsewhere"), Closed(HoldReason.ReachedOtherwise, "helped otherwise"),
        Closed(HoldReason.PatientWithdrew, "withdrew"), Closed(HoldReason.GoneSilent, "gone silent"),
        Closed(HoldReason.NotSuitable, "not suitable"), Otherwise, Closed(HoldReason.ClosedAsDuplicate, "duplicate"), Quarantined,
        Closed(HoldReason.Spam, "spam"),
    ];

    /// <summary>Reasons of a closed inquiry that have an ending of their own.</summary>
    public static readonly IReadOnlyList<string> Reasons = [.. All.Select(e => e.Reason).OfType<string>()];

    public static readonly IReadOnlyList<string> Codes = [.. All.Select(e => e.Code)];

    /// <summary>It is over, one way or the other.</summary>
    public bool IsClosed => ReferenceEquals(States, s_closed);

    /// <summary>The ending of a code; null: there is none.</summary>
    public static InquiryEnding? Of(string? code) => All.FirstOrDefault(e => e.Code == code);

    /// <summary>Where an inquiry belongs that is not erased.</summary>
    /// <param name="state">Where it stands.</param>
    /// <param name="reasons">As it stores them: codes with a space between.</param>
    public static InquiryEnding Of(InquiryState state, string reasons) => state == InquiryState.Closed
        ? All.FirstOrDefault(e => e.Reason == reasons) ?? Otherwise
        : All.First(e => e.States.Contains(state));

    private static InquiryEnding Closed(HoldReason reason, string name) => new(reason.Code, name, s_closed, reason.Code);
}

/// <summary>How far an inquiry has come, whatever became of it then.</summary>
public static class Milestone
{
    public const string Offered = "came-to-offer";
    public const string Accepted = "came-to-yes";
    public const string Booked = "came-to-booking";
    public const string Treated = "came-to-treatment";

    /// <summary>In their order, with what a person reads.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All =
        [(Offered, "offered to a clinic"), (Accepted, "accepted by one"), (Booked, "booked"), (Treated, "treated")];

    public static bool IsKnown(string? code) => All.Any(m => m.Code == code);
}

/// <summary>For want of a clinic an inquiry was held, or its patient asked. Codes as the history has them.</summary>
public static class Want
{
    /// <summary>In the order a page shows them, with what a person reads.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All =
    [
        (HoldReason.NoClinicFits.Code, "no clinic fits"), (HoldReason.NoClinicLeft.Code, "all said no"),
        (HoldReason.WaitsForCapacity.Code, "no free place"), (HoldReason.OfferLimit.Code, "most offers made"),
    ];

    public static bool IsKnown(string? code) => All.Any(w => w.Code == code);
}
