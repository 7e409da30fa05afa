using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Privacy;

/// <summary>Finds inquiries by a mailbox or a phone, which are stored nowhere but as keyed hashes.</summary>
public sealed class ContactSearch(Database database, KeyedHash hash, IFieldRules rules)
{
    /// <summary>What to look for, or null when it is neither an address nor a number with its country code.</summary>
    public SearchKey? KeyOf(string typed) =>
        rules.TryEmail(typed, out var address) ? new SearchKey(SearchKind.Mail, SearchKeys.Mail(address))
        : rules.TryPhone(typed, country: null, out var phone) ? new SearchKey(SearchKind.Phone, phone)
        : null;

    /// <summary>The inquiries of this mailbox or phone, newest first; erased ones are found by nothing any more.</summary>
    public Task<IReadOnlyList<FoundReference>> FindAsync(SearchKey key, int most, CancellationToken cancellation) =>
        database.ReadAsync(session => SearchTokenStore.FindReferencesAsync(session, hash.SearchTokenOf(key), most), cancellation);
}
