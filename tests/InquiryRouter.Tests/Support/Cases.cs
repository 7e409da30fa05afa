using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Tests.Support;

/// <summary>What a patient's use case decides on, without a database: an inquiry offered to clinics of a network of two.</summary>
internal static class Cases
{
    public static readonly PatientVault Vault = new(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
    public static readonly MailWriter Mails = new(Support.Mails.Languages, Vault, Support.Mails.Links);

    /// <summary>MX-1 and CA-1; a referral to another clinic is to one that has left the network.</summary>
    public static readonly NetworkSnapshot Network = A.Network(A.Clinic(), A.CanadianClinic());

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public static PatientCase Of(InquiryState state, params ReferralRecord[] referrals)
    {
        var inquiry = An.InquiryRecord() with { State = state };
        return new PatientCase
        {
            Inquiry = inquiry,
            Patient = Vault.Seal(inquiry.Id, An.Patient()),
            Consents = [new ConsentEntry(An.Agreement(), "form", Moment.Now)],
            Referrals = referrals,
            Choices = new Dictionary<string, bool>(StringComparer.Ordinal),
            Quotes = [],
            Notes = [],
            History = [],
        };
    }

    public static PatientCase Because(this PatientCase found, params HoldReason[] reasons) =>
        found with { Inquiry = found.Inquiry with { HoldReasons = reasons } };

    public static PatientCase WithoutConsent(this PatientCase found) => found with
    {
        Consents = [.. found.Consents, new ConsentEntry(An.Agreement() with { ShareWithClinics = false }, "status", Moment.Now)],
    };

    /// <summary>The nth referral.</summary>
    public static ReferralRecord Referral(int n, string clinic, ReferralState state) =>
        An.Referral() with { Id = ReferralId.New(), N = n, ClinicCode = clinic, State = state };

    /// <summary>The clinic has said yes, and was shown who the patient is.</summary>
    public static ReferralRecord Accepted(this ReferralRecord referral) =>
        referral with { AcceptedAt = Moment.Now, DisclosedAt = Moment.Now, FirstDisclosedAt = Moment.Now };

    /// <summary>What is to be done, one line a step.</summary>
    public static IReadOnlyList<string> Said(this Decided<Outcome> decided) => [.. decided.Steps.OfType<Step>().Select(s => s switch
    {
        MoveInquiry move => $"{move.Move.Trigger} {HistoryText.Write(move.Move.Says).Detail}".TrimEnd(),
        WriteHistory line => $"history {HistoryText.Write(line.Said).Action} {HistoryText.Write(line.Said).Detail}".TrimEnd(),
        EndReferral { Ending: var ending, Referral.ClinicCode: var clinic } =>
            $"{ending.Trigger} {clinic} {ending.Reason}{(ending.FreesPlace ? " frees" : string.Empty)}",
        SendMail mail => $"mail {mail.Mail.Kind}",
        SendMailWithin mail => $"mail {mail.Mail.Kind}",
        AddConsent consent => $"consent {consent.Consent.ShareWithClinics} {consent.Consent.TextVersion} {consent.Source}",
        AnnounceAnswered answered => $"answered {answered.Referral.ClinicCode}",
        _ => s.GetType().Name,
    })];
}
