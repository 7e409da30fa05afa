using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

/// <summary>Wherever a referral and its inquiry stand: there is a button exactly for what is then done.</summary>
public sealed class ButtonsAndDeedsTests
{
    private static readonly TypedQuote s_quote = new(Guid.Empty, new QuoteContent { Items = [], Remark = null }, "USD", Moment.Today);

    private static readonly NoteRecord s_asked = Cases.Asked();

    public static TheoryData<ClinicAction> Actions => new(Enum.GetValues<ClinicAction>());

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_button_is_there_exactly_when_its_deed_is_done_and_the_deed_is_a_legal_move(ClinicAction action)
    {
        var (done, refused) = (0, 0);
        foreach (var found in Everywhere())
        {
            var decided = Do(action, found);

            Assert.Equal(ClinicActions.Possible(found.Facts, found.Now).Contains(action), decided.Steps.Count > 0);
            Assert.All(decided.Steps, step => Assert.True(IsLegal(step), $"{found.Referral.State}, {found.Inquiry.State}: {step}"));
            (done, refused) = decided.Steps.Count > 0 ? (done + 1, refused) : (done, refused + 1);
        }

        Assert.True(done > 0 && refused > 0, $"{done} done, {refused} refused.");
    }

    private static IEnumerable<ReferralCase> Everywhere() =>
        from referral in Enum.GetValues<ReferralState>()
        from inquiry in Enum.GetValues<InquiryState>()
        from accepted in (bool[])[true, false]
        from shares in (bool[])[true, false]
        from lapsed in (bool[])[true, false]
        from inTime in (bool[])[true, false]
        select Cases.Offered() with
        {
            Referral = An.Referral() with
            {
                State = referral, AcceptedAt = accepted ? Moment.Now.AddMinutes(-10) : null, AnsweredAt = Moment.Now.AddMinutes(inTime ? -10 : -70),
                OfferUntil = Moment.Now.AddMinutes(inTime ? 1 : -1),
            },
            Inquiry = An.InquiryRecord() with { State = inquiry },
            Shares = shares,
            Notes = lapsed ? [] : [Cases.Written(NoteAuthor.Coordinator), s_asked],
            Lapsed = lapsed,
        };

    private static Decided<Outcome> Do(ClinicAction action, ReferralCase found)
    {
        var (patient, who, mails, vault) = (Cases.Patient, Cases.Who, Cases.Mails, Cases.Vault);
        return action switch
        {
            ClinicAction.Accept => AcceptReferral.Decide(found, patient, who, mails),
            ClinicAction.Decline => DeclineReferral.Decide(found, patient, "other", null, who, vault),
            ClinicAction.Undo => UndoAcceptance.Decide(found, patient, who, mails),
            ClinicAction.Reopen => ReopenOffer.Decide(found, who),
            ClinicAction.Reply => AnswerPatient.Decide(found, patient, s_asked.Id, "Two weeks.", who, mails, vault),
            ClinicAction.Quote => QuoteReferral.Decide(found, patient, s_quote, who, mails, vault),
            ClinicAction.Ask => AskQuestion.Decide(found, patient, Guid.Empty, "Since when?", who, mails, vault),
            ClinicAction.Book => BookReferral.Decide(found, ReportedTreatment.Nothing, who),
            ClinicAction.Complete => CompleteReferral.Decide(found, patient, ReportedTreatment.Nothing, who, mails),
            ClinicAction.Return => ReturnPatient.Decide(found, patient, "other", null, who, mails, vault),
            ClinicAction.AnswerCoordinator => AnswerCoordinator.Decide(found, patient, Guid.Empty, "Tomorrow.", who, mails, vault),
            ClinicAction.Forward => ForwardReferral.Decide(found, patient, Guid.Empty, "ward@clinic.example", who, mails),
        };
    }

    private static bool IsLegal(Step? step) => step switch
    {
        MoveReferral move => ReferralTransitions.Next(move.Referral.State, move.Trigger) is not null,
        EndReferral end => ReferralTransitions.Next(end.Referral.State, end.Ending.Trigger) is not null,
        MoveInquiry move => InquiryTransitions.Next(move.Inquiry.State, move.Move.Trigger) is not null,
        _ => true,
    };
}
