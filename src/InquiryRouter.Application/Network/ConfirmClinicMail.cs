using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Network;

/// <summary>
/// A person says that a clinic's address takes mail after all: it is taken off the list of dead ones, and the clinic may be offered patients again.
/// </summary>
public sealed class ConfirmClinicMail(Work work, NetworkCache networks, KeyedHash hash)
{
    /// <param name="clinicCode">Whose address.</param>
    /// <param name="who">Says so; stands beside the version of the network it makes.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(string clinicCode, Actor who, CancellationToken cancellation)
    {
        if (!(await networks.CurrentAsync(cancellation)).ByCode.TryGetValue(clinicCode, out var clinic))
        {
            return Outcome.NotFound.It;
        }

        var changed = await work.WriteAsync(
            async tx =>
            {
                var listed = await MailStore.UnsuppressAsync(tx, hash.OfAddress(clinic.Email));
                if (!await NetworkStore.SetMailFailsAsync(tx, clinicCode, since: null, who.Name) && !listed)
                {
                    return false;
                }

                await new RecordSystem(SystemEvent.ClinicsChanged("mail-works", clinicCode), who).ApplyAsync(tx, new Applied());
                return true;
            },
            cancellation);
        return changed ? Outcome.Done.It : Outcome.AlreadyDone.It;
    }
}
