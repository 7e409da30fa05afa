using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Referral;

/// <summary>What is next for an inquiry that needs a clinic: offers, or why it is held instead; neither: answers are still awaited.</summary>
public sealed record OfferPlan
{
    private const int MostPassedOverTold = 5;

    private static readonly Actor s_actor = Actor.Stage("referral");

    /// <summary>The network it was planned with.</summary>
    public required long NetworkVersion { get; init; }

    public IReadOnlyList<NextOffer> Offers { get; init; } = [];

    public HoldReason? Hold { get; init; }

    /// <summary>Clinics that lack nothing but a place, when it is held for that.</summary>
    public IReadOnlyList<string> WaitFor { get; init; } = [];

    /// <summary>When the policy asks the patient after the last no.</summary>
    public NewMail? AskPatient { get; init; }

    /// <summary>Tells the patient that a clinic could not take it and that these are asked.</summary>
    public NewMail? MovedOn { get; init; }

    /// <summary>Clinics that stood before those offered to, with the gate that stops them now.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>The steps that make it so.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="after">For the history: what ended the offer before, when it ends by a step before these.</param>
    public IReadOnlyList<Step?> Steps(InquiryRecord inquiry, string? after = null) => [new RequireNetwork(NetworkVersion), .. Next(inquiry, after)];

    private IEnumerable<Step?> Next(InquiryRecord inquiry, string? after)
    {
        if (Hold is { } reason)
        {
            var trigger = AskPatient is null ? InquiryTrigger.Hold : InquiryTrigger.AskPatient;
            return
            [
                new MoveInquiry(inquiry, new InquiryMove(trigger, s_actor, Detail(reason.Code, after), [reason])),
                SendMail.If(AskPatient),
                new WaitForPlace(inquiry, WaitFor),
                new AnnounceHeld(inquiry),
            ];
        }

        if (Offers.Count > 0)
        {
            return
            [
                new MoveInquiry(inquiry, InquiryTrigger.Offer, s_actor, Offered(after)),
                new StopWaiting(inquiry.Id),
                .. Offers.Select(offer => new AddOffer(inquiry.Id, offer)),

                // At most one a day.
                SendMailOnce.If(MovedOn),
            ];
        }

        // Without either of these: answers are awaited as before.
        return after is not null ? [new MoveInquiry(inquiry, InquiryTrigger.Decline, s_actor, after)]
            : inquiry.State == InquiryState.Matched
            ? [

                // It was held while clinics still had to answer, and goes on: those can answer again, and their time ends as before.
                new MoveInquiry(inquiry, InquiryTrigger.Offer, s_actor, "awaiting-answers"),
                new StopWaiting(inquiry.Id),
            ]
            : [];
    }

    // Why it is not the first of the decision stands in the history, last: there may be more of it than a line takes.
    private string Offered(string? after) =>
        Detail(string.Join(' ', Offers.Select(o => o.Clinic.Code)), after)
        + (PassedOver.Count == 0 ? string.Empty : $" passed-over {string.Join(' ', PassedOver.Take(MostPassedOverTold))}");

    private static string Detail(string code, string? after) => after is null ? code : $"{code} after {after}";
}
