using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>
/// An inquiry waits for a person. When it is urgent the coordinators hear of it at once, when an address is set for them; else with the other work,
/// by <see cref="SendDigest"/>.
/// </summary>
public sealed class AlertCoordinators(Work work, MailWriter mails) : IHandle<InquiryHeld>
{
    public async Task HandleAsync(InquiryHeld message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, patient) = await work.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await session.PatientAsync(found.Id))
                : default((InquiryRecord?, SealedPatient?)),
            cancellation);
        if (inquiry is null || patient is null)
        {
            return;
        }

        var alert = inquiry.Urgent ? mails.UrgentAlert(inquiry, patient, context.MessageId) : null;
        await work.ApplyAsync(
            context,
            alert is null ? [] : [new SendMail(alert), new Store("told", tx => WorkStore.ToldOfUrgentAsync(tx, inquiry.Id))],
            cancellation);
    }
}
