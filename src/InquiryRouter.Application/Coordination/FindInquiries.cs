using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>Finds inquiries by a mailbox or a phone, which are stored nowhere but as keyed hashes. Erased ones are found by nothing any more.</summary>
public sealed class FindInquiries(Work work, KeyedHash hash, IFieldRules rules)
{
    /// <summary>As many are found at most.</summary>
    public const int Most = 100;

    /// <param name="typed">A mail address, or a phone number with its country code.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Newest first; null when it is neither.</returns>
    public async Task<IReadOnlyList<FoundReference>?> RunAsync(string typed, CancellationToken cancellation) => KeyOf(typed) is { } key
        ? await work.ReadAsync(session => SearchTokenStore.FindReferencesAsync(session, hash.SearchTokenOf(key), Most), cancellation)
        : null;

    private SearchKey? KeyOf(string typed) =>
        rules.TryEmail(typed, out var address) ? new SearchKey(SearchKind.Mail, SearchKeys.Mail(address))
        : rules.TryPhone(typed, country: null, out var phone) ? new SearchKey(SearchKind.Phone, PhoneNumber.Key(phone))
        : null;
}
