using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application;

/// <summary>What handlers ask first: the inquiry at the version their message reports, or the follow-up and what it is about.</summary>
internal static class Facts
{
    /// <summary>The inquiry, or null when it has moved on since: the message is stale and has no effect.</summary>
    /// <exception cref="NotYetVisibleException">The message is ahead of what this session sees.</exception>
    public static async Task<InquiryRecord?> FindAtAsync(this Session session, InquiryId inquiryId, int version)
    {
        var inquiry = await InquiryStore.FindAsync(session, inquiryId);
        if (inquiry is null || inquiry.Version < version)
        {
            throw new NotYetVisibleException($"Inquiry {inquiryId} is not yet at version {version}.");
        }

        return inquiry.Version == version ? inquiry : null;
    }

    /// <exception cref="ConflictException">The patient was erased after the inquiry was loaded: loaded again, there is nothing left to do.</exception>
    public static async Task<SealedPatient> PatientAsync(this Session session, InquiryId inquiryId) =>
        await InquiryStore.FindPatientAsync(session, inquiryId) ?? throw new ConflictException($"Inquiry {inquiryId} has no patient record any more.");

    /// <exception cref="NotYetVisibleException">The message is ahead of what this session sees.</exception>
    public static async Task<FollowUpRecord> FollowUpAsync(this Session session, Guid followUpId) =>
        await FollowUpStore.FindAsync(session, followUpId) ?? throw new NotYetVisibleException($"Follow-up {followUpId} is not visible yet.");

    /// <summary>What a follow-up about a referral is about, as far as it is there.</summary>
    public static async Task<(InquiryRecord? Inquiry, ReferralRecord? Referral, SealedPatient? Patient)> AboutAsync(
        this Session session, FollowUpRecord followUp) =>
        (await InquiryStore.FindAsync(session, followUp.InquiryId),
            await ReferralStore.FindAsync(session, new ReferralId(followUp.AboutId)),
            await InquiryStore.FindPatientAsync(session, followUp.InquiryId));
}
