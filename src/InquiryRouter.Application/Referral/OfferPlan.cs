using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Referral;

/// <summary>What is next for an inquiry that needs a clinic: offers, or why it is held instead; neither: answers are still awaited.</summary>
public sealed record OfferPlan
{
    private const int MostPassedOverTold = 5;

    private static readonly Actor s_stage = Actor.Stage("referral");

    /// <summary>Who offers it: the stage, or a coordinator.</summary>
    public Actor Who { get; init; } = s_stage;

    /// <summary>What the history says of offers that a coordinator makes; null: they are of the ranking.</summary>
    public HistoryEvent.Offered.ByHand? ByHand { get; init; }

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

    /// <summary>Clinics that stood before those offered to.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>Offers whose clinics could not answer while the inquiry was held, with the time they have from now.</summary>
    public IReadOnlyList<ResumedOffer> Resumed { get; init; } = [];

    /// <summary>What ends offers that waited with it, whose clinics may not have it any more or cannot be told.</summary>
    public IReadOnlyList<Step?> Recalled { get; init; } = [];

    /// <summary>The steps that make it so.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="after">What ended the offer before, when it ends by a step before these.</param>
    public IReadOnlyList<Step?> Steps(InquiryRecord inquiry, OfferEnd? after = null) => 
        [new RequireNetwork(NetworkVersion), .. Next(inquiry, after), .. Recalled];

    private IEnumerable<Step?> Next(InquiryRecord inquiry, OfferEnd? after)
    {
        if (Hold is { } reason)
        {
            var (trigger, said) = AskPatient is not null ? (InquiryTrigger.AskPatient, new HistoryEvent.PatientAsked(reason.Code, after))
                : (InquiryTrigger.Hold, after is null ? null : (HistoryEvent)new HistoryEvent.Held.AfterOffer(reason.Code, after));
            return
            [
                new MoveInquiry(inquiry, new InquiryMove(trigger, Who, said, [reason])),
                SendMail.If(AskPatient),
                new WaitForPlace(inquiry, WaitFor),
                new AnnounceHeld(inquiry),
            ];
        }

        if (Offers.Count > 0)
        {
            return
            [
                new MoveInquiry(inquiry, InquiryTrigger.Offer, Who, ByHand ?? (HistoryEvent)Offered(after)),
                new StopWaiting(inquiry.Id),
                .. Resume(),
                .. Offers.Select(offer => new AddOffer(inquiry.Id, offer)),

                // At most one a day.
                SendMailOnce.If(MovedOn),
            ];
        }

        // Without either of these: answers are awaited as before.
        return after is not null ? [new MoveInquiry(inquiry, InquiryTrigger.Decline, Who, new HistoryEvent.Declined.OfferEnded(after))]
            : inquiry.State == InquiryState.Matched
            ? [

                // It was held while clinics still had to answer, and goes on: those can answer again.
                new MoveInquiry(inquiry, InquiryTrigger.Offer, Who, new HistoryEvent.Offered.AsBefore()),
                new StopWaiting(inquiry.Id),
                .. Resume(),
            ]
            : [];
    }

    private IEnumerable<Step> Resume() => Resumed.SelectMany(r => new Step[]
    {
        new ExtendOffer(r.Referral, r.Times.End),
        new SetFollowUp(r.Referral, FollowUpKind.OfferExpiry, r.Times.End),
        new SetFollowUp(r.Referral, FollowUpKind.OfferReminder, r.Times.Half),
        r.Mail,
    });

    // Why it is not the first of the decision stands last: there may be more of it than a line takes.
    private HistoryEvent.Offered.Anew Offered(OfferEnd? after) =>
        new HistoryEvent.Offered.Anew([.. Offers.Select(o => o.Clinic.Code)], after, [.. PassedOver.Take(MostPassedOverTold)]);
}

/// <summary>An offer that waited with its inquiry and goes on.</summary>
/// <param name="Times">From now.</param>
/// <param name="Mail">What the clinic is sent, with a link.</param>
public sealed record ResumedOffer(ReferralRecord Referral, OfferTimes Times, SendMail Mail);
