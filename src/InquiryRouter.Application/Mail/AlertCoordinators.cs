using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>
/// An inquiry waits for a person. When it is urgent the coordinators hear of it at once: who has taken it, else all who are on duty. Else they hear of it
/// with the other work, by <see cref="SendDigest"/>.
/// </summary>
public sealed class AlertCoordinators(Work work, MailWriter mails) : IHandle<InquiryHeld>
{
    public async Task HandleAsync(InquiryHeld message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, patient, open) = await work.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await session.PatientAsync(found.Id), await WorkStore.ListOfInquiryAsync(session, found.Id))
                : default((InquiryRecord?, SealedPatient?, IReadOnlyList<OpenWork>)),
            cancellation);
        if (inquiry is null || patient is null)
        {
            return;
        }

        var alerts = inquiry.Urgent
            ? mails.UrgentAlert(inquiry, patient, context.MessageId, open.FirstOrDefault(w => w.Urgent && w.OwnerId is not null)?.OwnerId) : [];
        await work.ApplyAsync(context, [.. alerts.SelectMany(a => Steps(inquiry.Id, a))], cancellation);
    }

    internal static IEnumerable<Step> Steps(InquiryId inquiryId, CoordinatorMail alert) =>
    [
        new SendMailOnce(alert.Mail),
        new Store("told", tx => alert.To is { } user
            ? WorkStore.ToldOfUrgentAsync(tx, inquiryId, user) : WorkStore.ToldOfUrgentAsync(tx, inquiryId)),
    ];
}
