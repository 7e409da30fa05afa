using InquiryRouter.Application.Clinics;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Intake;
using InquiryRouter.Application.Mail;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Policies;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Reports;
using InquiryRouter.Application.Users;
using InquiryRouter.Application.Users.Passkeys;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.Users;
using InquiryRouter.Application.Referral;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Application;

/// <summary>Registers what people can do, whichever way they come.</summary>
public static class UseCases
{
    /// <summary>What coordinators and operators do, on the command line and in the console.</summary>
    public static IServiceCollection AddCoordination(this IServiceCollection services)
    {
        services.AddSingleton<Work>();
        services.AddSingleton<DecisionLoader>();
        services.AddSingleton<ReferralOffers>();

        services.AddSingleton<IOwners, UserOwners>();
        services.AddSingleton<ReadInquiry>();
        services.AddSingleton<RevealIdentity>();
        services.AddSingleton<RevealMail>();
        services.AddSingleton<ListInquiries>();
        services.AddSingleton<ListWork>();
        services.AddSingleton<ReadBoard>();
        services.AddSingleton<CountWork>();
        services.AddSingleton<TakeWork>();
        services.AddSingleton<GiveWork>();
        services.AddSingleton<SnoozeWork>();
        services.AddSingleton<FinishWork>();
        services.AddSingleton<FreeWork>();
        services.AddSingleton<ReckonWork>();
        services.AddSingleton<ListHeld>();
        services.AddSingleton<ReleaseInquiry>();
        services.AddSingleton<BeginAction>();
        services.AddSingleton<NoteInquiry>();
        services.AddSingleton<CloseInquiry>();
        services.AddSingleton<ReopenInquiry>();
        services.AddSingleton<TakeBackReferral>();
        services.AddSingleton<OfferToClinic>();
        services.AddSingleton<AskPatient>();
        services.AddSingleton<WriteToClinic>();
        services.AddSingleton<UndoAction>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<DiscardDraft>();
        services.AddSingleton<ReadDrafts>();
        services.AddSingleton<BePresent>();
        services.AddSingleton<WatchConsole>();
        services.AddSingleton<DoInBulk>();
        services.AddSingleton<UndoBulk>();
        services.AddSingleton<KeepViews>();
        services.AddSingleton<CorrectContact>();
        services.AddSingleton<CorrectRequest>();
        services.AddSingleton<CorrectForPatient>();
        services.AddSingleton<HandOutCopy>();
        services.AddSingleton<PairInquiries>();
        services.AddSingleton<UnpairInquiries>();
        services.AddSingleton<ListPairs>();
        services.AddSingleton<ListPairsOfInquiry>();
        services.AddSingleton<FindInquiry>();
        services.AddSingleton<FindInquiries>();
        services.AddSingleton<FoundSearches>();
        services.AddSingleton<SearchInquiries>();
        services.AddSingleton<Links>();
        services.AddSingleton<ListCredentials>();

        services.AddSingleton<CountFigures>();
        services.AddSingleton<ReadReports>();

        services.AddSingleton<DryRunMatch>();
        services.AddSingleton<ReplayDecision>();
        services.AddSingleton<ExplainMatch>();
        services.AddSingleton<TryPolicy>();
        services.AddSingleton<ActivatePolicy>();
        services.AddSingleton<ReadPolicies>();
        services.AddSingleton<ProposePolicy>();
        services.AddSingleton<DecidePolicy>();
        services.AddSingleton<PolicyTrials>();

        services.AddSingleton<ImportClinics>();
        services.AddSingleton<ClinicUploads>();
        services.AddSingleton<ListClinics>();
        services.AddSingleton<ReadClinic>();
        services.AddSingleton<EditClinic>();
        services.AddSingleton<VerifyDemoNetwork>();
        services.AddSingleton<CountAnswers>();
        services.AddSingleton<ShowClinicEffect>();
        services.AddSingleton<ImportReference>();
        services.AddSingleton<ReviewRule>();
        services.AddSingleton<ReadReviews>();
        services.AddSingleton<ReadNetwork>();
        services.AddSingleton<ReadReference>();
        services.AddSingleton<ListReference>();
        services.AddSingleton<LoadDemoNetwork>();

        services.AddSingleton<ListSuppressed>();
        services.AddSingleton<UnsuppressAddress>();
        services.AddSingleton<RevealAddress>();
        services.AddSingleton<ReadStopped>();
        services.AddSingleton<ReadTries>();
        services.AddSingleton<ReadHealth>();
        services.AddSingleton<ReadReadiness>();
        services.AddSingleton<RecordClockRun>();
        services.AddSingleton<ReadClockRuns>();
        services.AddSingleton<ConfirmClinicMail>();
        services.AddSingleton<ListParkedMails>();
        services.AddSingleton<RequeueMails>();
        services.AddSingleton<SetAsideMails>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<RotateKeys>();
        services.AddSingleton<PrepareStart>();
        services.AddSingleton<MakeBackup>();
        services.AddSingleton<MarkRestored>();
        services.AddSingleton<EraseAgain>();
        services.AddSingleton<ReadHeldBack>();
        services.AddSingleton<ResumeSending>();
        return services;
    }

    /// <summary>The operator's people: who they are, and how they sign in.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<UserSecrets>();
        services.AddSingleton<UserPasswords>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<ConsoleSessions>();
        services.AddSingleton<Preferences>();
        services.AddSingleton<UnfinishedForms>();
        services.AddSingleton<ShownOnce>();
        services.AddSingleton<InviteUsers>();
        services.AddSingleton<AcceptInvitation>();
        services.AddSingleton<ManageUsers>();
        services.AddSingleton<RecordAccess>();
        services.AddSingleton<DemoSignIn>();
        services.AddSingleton<ChangeFactors>();
        services.AddSingleton<SignInWithProvider>();
        services.AddSingleton<PasskeyCeremony>();
        services.AddSingleton<SignInWithPasskey>();
        services.AddSingleton<ChangePasskeys>();
        services.AddSingleton<SetTimeZone>();
        services.AddSingleton<ReadAccessLog>();
        services.AddSingleton<VerifyAccessLog>();
        return services;
    }

    /// <summary>What patients do: on the form, and behind the link of their inquiry.</summary>
    public static IServiceCollection AddPatients(this IServiceCollection services)
    {
        services.AddSingleton<SubmitInquiry>();
        services.AddSingleton<FindSentBefore>();
        services.AddSingleton<CorrectSent>();

        services.AddSingleton<PatientNotes>();
        services.AddSingleton<AddInformation>();
        services.AddSingleton<AnswerHealth>();
        services.AddSingleton<AnswerQuestion>();
        services.AddSingleton<AskClinic>();
        services.AddSingleton<DisputeTreatment>();
        services.AddSingleton<AnswerCheckIn>();
        services.AddSingleton<ReplaceLink>();
        services.AddSingleton<ShowIdentity>();
        services.AddSingleton<HideIdentity>();
        services.AddSingleton<DeclineQuote>();
        services.AddSingleton<GiveConsent>();
        services.AddSingleton<ChooseZone>();
        services.AddSingleton<ChangeWish>();
        services.AddSingleton<WithdrawConsent>();
        services.AddSingleton<WithdrawInquiry>();
        services.AddSingleton<SendLostLink>();
        services.AddSingleton<Unsubscribe>();
        return services;
    }

    /// <summary>What clinics do behind their links.</summary>
    public static IServiceCollection AddClinics(this IServiceCollection services)
    {
        services.AddSingleton<ReferralCases>();
        services.AddSingleton<AcceptReferral>();
        services.AddSingleton<UndoAcceptance>();
        services.AddSingleton<DeclineReferral>();
        services.AddSingleton<ReturnPatient>();
        services.AddSingleton<BookReferral>();
        services.AddSingleton<CompleteReferral>();
        services.AddSingleton<QuoteReferral>();
        services.AddSingleton<AskQuestion>();
        services.AddSingleton<AnswerCoordinator>();
        services.AddSingleton<AnswerPatient>();
        services.AddSingleton<ReopenOffer>();
        services.AddSingleton<ForwardReferral>();
        services.AddSingleton<SendClinicListLink>();
        services.AddSingleton<EndOtherLinks>();
        services.AddSingleton<PauseClinic>();
        services.AddSingleton<ResumeClinic>();
        return services;
    }
}
