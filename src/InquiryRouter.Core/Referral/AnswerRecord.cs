using InquiryRouter.Core.Matching;

namespace InquiryRouter.Core.Referral;

/// <summary>How one offer was answered.</summary>
/// <param name="AnsweredAt">For an expired offer, when it expired.</param>
public sealed record AnsweredOffer(string ClinicCode, ReferralState State, DateTimeOffset OfferedAt, DateTimeOffset AnsweredAt);

/// <summary>How a clinic answers, by an honest clock: only its own business time counts, and silence counts as the time it had.</summary>
public static class AnswerRecord
{
    /// <param name="clinic">Whose hours count.</param>
    /// <param name="answers">Its own, at least one.</param>
    public static ClinicLoad Of(Clinic clinic, IReadOnlyList<AnsweredOffer> answers)
    {
        var minutes = answers.Select(a => (int)OfferWindow.Between(a.OfferedAt, a.AnsweredAt, clinic).TotalMinutes).Order().ToList();
        return new ClinicLoad
        {
            ResponseMinutes = minutes[minutes.Count / 2],
            Answered = answers.Count,
            Accepted = answers.Count(a => a.State is not (ReferralState.Declined or ReferralState.Expired)),
        };
    }
}
