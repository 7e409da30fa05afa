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
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(string typed, CancellationToken cancellation) =>
        !EmailRules.TryNormalise(typed, out var address) ? new Outcome.NotPossible("no-address")
        : await work.WriteAsync(tx => MailStore.UnsuppressAsync(tx, hash.OfAddress(address)), cancellation) ? Outcome.Done.It
        : Outcome.NotFound.It;
}
