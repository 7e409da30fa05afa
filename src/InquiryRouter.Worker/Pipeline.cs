using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Mail;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Screening;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Worker.Clock;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Worker;

/// <summary>
/// The table of contents of the program: what happens to an inquiry, in order. The intake comes before it, in the web role.
/// Each stage is one queue; each handler one transaction.
/// </summary>
public static class Pipeline
{
    private static readonly QueuePolicy s_policy = new();

    public static readonly IReadOnlyList<Subscription> Stages =
    [
        // Is it spam, an emergency, a child's, without consent, of a patient we have already? Then a person looks first.
        Stage<InquiryReceived, ScreenInquiry>("inquiryrouter-screening"),

        // Which clinics may and can treat this patient, in which order, and why not the others?
        Stage<InquiryCleared, MatchInquiry>("inquiryrouter-matching"),

        // Whom to offer it now, and whom after a no.
        Stage<InquiryMatched, OfferReferral>("inquiryrouter-referral"),
        Stage<ReferralAnswered, ContinueReferral>("inquiryrouter-referral"),
        Stage<FollowUpDue, ExpireOffer>("inquiryrouter-referral"),

        // What a coordinator has begun, when it cannot be undone any more.
        Stage<ActionDue, CarryOutAction>("inquiryrouter-referral"),

        // Who must hear of it: mails of the other stages are written in their own transactions.
        Stage<InquiryHeld, AlertCoordinators>("inquiryrouter-mail"),
        Stage<ReferralAnswered, FollowAcceptance>("inquiryrouter-mail"),
        Stage<FollowUpDue, SendFollowUp>("inquiryrouter-mail"),

        // A mail could not be delivered: what follows for its offer, its clinic or its patient.
        Stage<MailFailed, FollowFailedMail>("inquiryrouter-mail"),
    ];

    /// <summary>Registers the handlers, and the clock that finds what is due.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services, FollowUpOptions followUps)
    {
        services.AddSingleton<DuplicateSearch>();
        services.AddSingleton<ScreenInquiry>();
        services.AddSingleton<MatchInquiry>();
        services.AddSingleton<OfferReferral>();
        services.AddSingleton<ContinueReferral>();
        services.AddSingleton<ExpireOffer>();
        services.AddSingleton<CarryOutAction>();
        services.AddSingleton<AlertCoordinators>();
        services.AddSingleton<FollowFailedMail>();
        services.AddSingleton<SendDigest>();
        services.AddSingleton(followUps);
        services.AddSingleton<FollowAcceptance>();
        services.AddSingleton<SendFollowUp>();
        services.AddSingleton<RecallOffers>();
        services.AddSingleton<WatchAccepted>();
        services.AddSingleton<ServeWaiting>();
        services.AddSingleton<FireDueFollowUps>();
        services.AddSingleton<SweepDelivered>();
        services.AddSingleton<WatchOutbox>();
        services.AddSingleton<TakeDeadLetters>();
        services.AddSingleton<ResendUnhandled>();
        services.AddSingleton<WatchHistory>();
        services.AddSingleton<FillNameTokens>();
        services.AddSingleton<WatchCredentials>();
        return services.AddClock();
    }

    private static Subscription<TEvent, THandler> Stage<TEvent, THandler>(string queue)
        where TEvent : class, IEvent
        where THandler : class, IHandle<TEvent> => new(queue, s_policy);
}
