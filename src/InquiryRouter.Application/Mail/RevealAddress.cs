using System.Security.Cryptography;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>
/// Shows the address behind a suppression or a mail that stands still, after it was put on record that somebody looked. Of a suppression only a hash
/// is stored: its address is looked for among the coordinators', the clinics' and those of mails that did not arrive.
/// </summary>
public sealed class RevealAddress(Work work, NetworkCache networks, MailWriter mails, MailLinks links, KeyedHash hash)
{
    private const int MostOpened = 1000;

    /// <returns>Null: nobody is known any more whose it is.</returns>
    public async Task<string?> OfSuppressionAsync(byte[] addressHash, Actor who, CancellationToken cancellation)
    {
        await RecordAsync(SuppressedAddresses.Name(addressHash), who, cancellation);
        var network = await networks.CurrentAsync(cancellation);
        IEnumerable<string?> known = [links.CoordinatorAddress, .. network.Clinics.Select(c => c.Email)];
        if (known.OfType<string>().FirstOrDefault(IsIt) is { } found)
        {
            return found;
        }

        foreach (var mail in await work.ReadAsync(session => MailStore.ListToDeadAddressesAsync(session, MostOpened), cancellation))
        {
            if ((await AddressesAsync(mail, cancellation)).FirstOrDefault(IsIt) is { } address)
            {
                return address;
            }
        }

        return null;

        bool IsIt(string address) => hash.OfAddress(address).AsSpan().SequenceEqual(addressHash);
    }

    /// <returns>Null: there is no such mail, or its text is gone.</returns>
    public async Task<string?> OfMailAsync(Guid mailId, Actor who, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => MailStore.FindNowAsync(session, [mailId]), cancellation) is not [var mail])
        {
            return null;
        }

        await RecordAsync(mail.Reference ?? $"mail {mailId}", who, cancellation);
        return await AddressesAsync(mail, cancellation) is [var address, ..] ? address : null;
    }

    private Task RecordAsync(string of, Actor who, CancellationToken cancellation) =>
        work.ApplyAsync([new RecordSystem(SystemEvent.Revealed(of, "address"), who)], cancellation);

    // Where it goes now, and where it was to go when it was written.
    private async Task<IReadOnlyList<string>> AddressesAsync(MailNow mail, CancellationToken cancellation)
    {
        var claimed = new ClaimedMail
        {
            Seq = 0, Id = mail.Id, InquiryId = mail.InquiryId, AboutId = Guid.Empty, Kind = mail.Kind, Attempts = 0, Unknowns = 0, CreatedAt = mail.NextAt,
        };
        if (await work.ReadAsync(session => MailStore.FindBodyAsync(session, claimed), cancellation) is not { } body)
        {
            return [];
        }

        try
        {
            var content = mails.Open(body);
            return mails.Readdressed(mail.Kind, body, content) is { } now ? [now.ToAddress, content.ToAddress] : [content.ToAddress];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
