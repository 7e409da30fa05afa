using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Reports;

/// <summary>How a clinic did with what it was offered in some time. What became of an offer later counts where it was offered.</summary>
public sealed record ClinicFigures
{
    /// <summary>Up to how much of its own business time an answer took; what took longer is later.</summary>
    public static readonly IReadOnlyList<TimeSpan> Limits = [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(16)];

    public required string ClinicCode { get; init; }

    public int Offered { get; init; }

    /// <summary>Said yes, whatever became of it.</summary>
    public int Accepted { get; init; }

    public int Declined { get; init; }

    /// <summary>Did not answer in time.</summary>
    public int Expired { get; init; }

    /// <summary>Taken back before it had answered.</summary>
    public int Withdrawn { get; init; }

    public int Booked { get; init; }

    public int Treated { get; init; }

    /// <summary>Answered within an hour of its business time.</summary>
    public int InHour { get; init; }

    /// <summary>Within four, and not within one.</summary>
    public int InHalfDay { get; init; }

    /// <summary>Within eight, a day of business.</summary>
    public int InDay { get; init; }

    /// <summary>Within sixteen.</summary>
    public int InTwoDays { get; init; }

    public int Later { get; init; }

    /// <summary>Answers of patients to "how is it going?" that are good news.</summary>
    public int SaidWell { get; init; }

    /// <summary>And those that are not.</summary>
    public int SaidBadly { get; init; }

    /// <summary>What it was offered and left with it until it answered, or its time was over.</summary>
    public int Answerable => Accepted + Declined + Expired;

    /// <summary>Answers whose time is known.</summary>
    public int Timed => InHour + InHalfDay + InDay + InTwoDays + Later;

    /// <summary>Of the answers, how many of a hundred came within a day of its business.</summary>
    public int? PercentInDay => Timed == 0 ? null : (int)Math.Round(100.0 * (InHour + InHalfDay + InDay) / Timed);

    /// <summary>How many of a hundred it accepted.</summary>
    public int? PercentAccepted => Answerable == 0 ? null : (int)Math.Round(100.0 * Accepted / Answerable);

    /// <summary>Counts one more offer of the clinic.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="clinic">Whose hours count; null: it is not in the network any more, and its times are not counted.</param>
    public ClinicFigures With(CountedReferral offer, Clinic? clinic)
    {
        var isYes = offer.AcceptedAt is not null || offer.State == ReferralState.Quoted;
        var isNo = !isYes && offer.State is ReferralState.Declined or ReferralState.Returned;
        var counted = this with
        {
            Offered = Offered + 1,
            Accepted = Accepted + (isYes ? 1 : 0),
            Declined = Declined + (isNo ? 1 : 0),
            Expired = Expired + (!isYes && offer.State == ReferralState.Expired ? 1 : 0),
            Withdrawn = Withdrawn + (!isYes && offer.State == ReferralState.Withdrawn ? 1 : 0),
            Booked = Booked + (offer.State is ReferralState.Booked or ReferralState.Completed ? 1 : 0),
            Treated = Treated + (offer.State == ReferralState.Completed ? 1 : 0),
        };
        if (clinic is null || offer.AnsweredAt is not { } answered || !(isYes || isNo))
        {
            return counted;
        }

        var took = OfferWindow.Between(offer.OfferedAt, answered, clinic);
        return Limits.TakeWhile(l => took > l).Count() switch
        {
            0 => counted with { InHour = InHour + 1 },
            1 => counted with { InHalfDay = InHalfDay + 1 },
            2 => counted with { InDay = InDay + 1 },
            3 => counted with { InTwoDays = InTwoDays + 1 },
            _ => counted with { Later = Later + 1 },
        };
    }

    /// <summary>The numbers of both times.</summary>
    public ClinicFigures Plus(ClinicFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Offered = Offered + other.Offered, Accepted = Accepted + other.Accepted, Declined = Declined + other.Declined,
            Expired = Expired + other.Expired, Withdrawn = Withdrawn + other.Withdrawn, Booked = Booked + other.Booked,
            Treated = Treated + other.Treated, InHour = InHour + other.InHour, InHalfDay = InHalfDay + other.InHalfDay,
            InDay = InDay + other.InDay, InTwoDays = InTwoDays + other.InTwoDays, Later = Later + other.Later,
            SaidWell = SaidWell + other.SaidWell, SaidBadly = SaidBadly + other.SaidBadly,
        };
    }

    /// <summary>Counts what a patient said of how it is going with the clinic.</summary>
    /// <param name="answer">A code of <see cref="CheckInAnswer"/>.</param>
    public ClinicFigures WithAnswer(string answer) => CheckInAnswer.IsForCoordinators(answer)
        ? this with { SaidBadly = SaidBadly + 1 }
        : this with { SaidWell = SaidWell + 1 };
}
