using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>Addresses nothing is sent to, newest first.</summary>
public sealed class ListSuppressed(Work work)
{
    /// <summary>As many are listed at most.</summary>
    public const int Most = 500;

    public Task<IReadOnlyList<SuppressedAddress>> RunAsync(CancellationToken cancellation) =>
        work.ReadAsync(session => MailStore.ListSuppressedAsync(session, Most), cancellation);
}

/// <summary>An address exists again, or the receiver's server was mistaken: it is written to again. Mails that were not sent stay so.</summary>
public sealed class UnsuppressAddress(Work work, KeyedHash hash)
{
    /// <param name="typed">The address as it was written to.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(string typed, Actor who, CancellationToken cancellation) =>
        EmailRules.TryNormalise(typed, out var address)
            ? await RunAsync(hash.OfAddress(address), who, cancellation)
            : new Outcome.NotPossible("no-address");

    /// <param name="addressHash">As it is listed.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(byte[] addressHash, Actor who, CancellationToken cancellation) => await work.WriteAsync(
        async tx =>
        {
            if (!await MailStore.UnsuppressAsync(tx, addressHash))
            {
                return false;
            }

            var done = SystemEvent.OperationsDone("suppression-lifted", SuppressedAddresses.Name(addressHash));
            await SystemAuditStore.AddAsync(tx, done.Action, who, done.Detail);
            return true;
        },
        cancellation)
        ? Outcome.Done.It
        : Outcome.NotFound.It;
}

/// <summary>How an address is named without saying it.</summary>
public static class SuppressedAddresses
{
    private const int Letters = 16;

    /// <summary>The beginning of its hash: it tells addresses apart, and says nothing of them.</summary>
    public static string Name(byte[] addressHash) => Convert.ToHexStringLower(addressHash)[..Letters];
}
