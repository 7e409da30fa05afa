using System.Globalization;
using System.Security.Cryptography;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>What somebody searches for.</summary>
/// <param name="Text">A name, a mail address, a phone number or the end of one, a reference or the beginning of one.</param>
/// <param name="Narrowing">What they know besides.</param>
public sealed record Searched(string Text, NameNarrowing Narrowing);

/// <summary>
/// Finds inquiries by what a person knows of somebody. Tokens find, the opened records decide. That somebody searched, by what kind of
/// thing and how much they found is on record before they see it; the term itself is kept nowhere.
/// </summary>
public sealed class SearchInquiries(
    Work work, FindInquiries contacts, FoundSearches searches, KeyedHash hash, PatientVault vault)
{
    /// <summary>As many records are opened and compared; of more, somebody must say more.</summary>
    public const int MostOpened = 200;

    /// <param name="what">What is searched for.</param>
    /// <param name="user">Whose searches are counted.</param>
    /// <param name="byIdentity">Whether they may find by who somebody is; else by reference only.</param>
    /// <param name="who">Who searches.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<SearchOutcome> RunAsync(Searched what, UserId user, bool byIdentity, Actor who, CancellationToken cancellation)
    {
        if (await searches.BeginAsync(user, cancellation) is not { } id)
        {
            return new SearchOutcome.TooOften();
        }

        var outcome = await FindAsync(what, byIdentity, cancellation);
        if (outcome is SearchOutcome.Found or SearchOutcome.TooMany)
        {
            var (kind, number) = outcome is SearchOutcome.Found it ? (it.Kind, it.Inquiries.Count) : ("name", MostOpened + 1);
            await work.ApplyAsync(
                [
                    new RecordSystem(SystemEvent.Searched(kind, number), who),
                    outcome is SearchOutcome.Found kept ? new Store("found", tx => searches.EndAsync(tx, user, id, kept.Inquiries)) : null,
                ],
                cancellation);
        }

        return outcome is SearchOutcome.Found found ? found with { Id = id } : outcome;
    }

    private async Task<SearchOutcome> FindAsync(Searched what, bool byIdentity, CancellationToken cancellation)
    {
        var beginning = Reference.ReadBeginning(what.Text) is { } between
            ? await work.ReadAsync(session => SearchTokenStore.FindBeginningAsync(session, between, FindInquiries.Most), cancellation)
            : null;
        if (beginning is [_] && Reference.TryParse(what.Text, out _))
        {
            return new SearchOutcome.Found("reference", beginning);
        }

        var outcome = byIdentity ? await ByIdentityAsync(what, cancellation) : null;
        if (outcome is null)
        {
            outcome = beginning is null ? new SearchOutcome.NotReadable() : new SearchOutcome.Found("reference", beginning);
        }
        else if (outcome is SearchOutcome.Found found && beginning is not null)
        {
            // Ana or 123456 may be either.
            var known = found.Inquiries.Select(f => f.Reference);
            outcome = found with { Inquiries = [.. found.Inquiries, .. beginning.ExceptBy(known, f => f.Reference, StringComparer.Ordinal)] };
        }

        return outcome;
    }

    private async Task<SearchOutcome?> ByIdentityAsync(Searched what, CancellationToken cancellation)
    {
        if (await contacts.RunAsync(what.Text, cancellation) is { } found)
        {
            return new SearchOutcome.Found(what.Text.Contains('@', StringComparison.Ordinal) ? "mail" : "phone", found);
        }

        return IsNumber(what.Text) ? await ByPhoneEndAsync(what, cancellation) : await ByNameAsync(what, cancellation);
    }

    // Digits, and what people write between them.
    private static bool IsNumber(string text) =>
        text.Any(char.IsDigit) && text.All(c => char.IsDigit(c) || char.IsWhiteSpace(c) || c is '+' or '-' or '(' or ')' or '.' or '/');

    private async Task<SearchOutcome?> ByPhoneEndAsync(Searched what, CancellationToken cancellation)
    {
        // A zero in front is dialled within a country, and is no part of a number.
        var digits = NameWords.PhoneDigitsOf(what.Text).TrimStart('0');
        if (NameWords.PhoneEnd(digits) is not { } end)
        {
            return null;
        }

        var candidates = await work.ReadAsync(
            session => NameTokenStore.FindAsync(session, [hash.NameTokenOf(end)], what.Narrowing, MostOpened + 1), cancellation);
        return Decide("phone", candidates, patient =>
            patient.Phone is { } phone && NameWords.PhoneDigitsOf(PhoneNumber.Key(phone)).EndsWith(digits, StringComparison.Ordinal)
                ? WhoIsMeant.Patient : WhoIsMeant.Nobody);
    }

    private async Task<SearchOutcome?> ByNameAsync(Searched what, CancellationToken cancellation)
    {
        var (asked, born) = Read(what.Text);
        var words = asked.Heard;
        if (words.Count == 0)
        {
            return null;
        }

        var narrowing = what.Narrowing with { Born = what.Narrowing.Born ?? born };
        var candidates = await work.ReadAsync(
            async session =>
            {
                var counted = new List<(byte[] Token, int Number)>();
                foreach (var token in words.Select(hash.NameTokenOf))
                {
                    counted.Add((token, await NameTokenStore.CountAsync(session, token)));
                }

                var rarest = counted.OrderBy(c => c.Number).Take(NameTokenStore.MostAsked).Select(c => c.Token);
                return counted.Any(c => c.Number == 0) ? [] : await NameTokenStore.FindAsync(session, [.. rarest], narrowing, MostOpened + 1);
            },
            cancellation);
        return Decide("name", candidates, patient =>
            PersonName.Of(patient.Name).IsMeantBy(asked) ? WhoIsMeant.Patient
            : patient.InquirerName is { } inquirer && PersonName.Of(inquirer).IsMeantBy(asked) ? WhoIsMeant.WhoAsks
            : WhoIsMeant.Nobody);
    }

    // "Ana Example 1984": a year behind a name is the year of birth.
    private (PersonName Name, int? Born) Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 1 && int.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year > work.Now.Year - 130 && year <= work.Now.Year
            ? (PersonName.Of(string.Join(' ', words[..^1])), year)
            : (PersonName.Of(text), null);
    }

    private SearchOutcome Decide(string kind, IReadOnlyList<NameCandidate> candidates, Func<PatientData, WhoIsMeant> whoIsMeant)
    {
        if (candidates.Count > MostOpened)
        {
            return new SearchOutcome.TooMany();
        }

        var found = new List<FoundReference>();
        foreach (var candidate in candidates)
        {
            var meant = Open(candidate) is { } patient ? whoIsMeant(patient) : WhoIsMeant.Nobody;
            if (meant != WhoIsMeant.Nobody)
            {
                found.Add(candidate.Found with { AsksForPatient = meant == WhoIsMeant.WhoAsks });
            }
        }

        return new SearchOutcome.Found(kind, found);
    }

    // What nobody can open any more is found by nothing.
    private PatientData? Open(NameCandidate candidate)
    {
        try
        {
            return vault.Open(candidate.WrappedKey, candidate.Sealed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private enum WhoIsMeant
    {
        Nobody,
        Patient,
        WhoAsks,
    }
}

/// <summary>What a search came to.</summary>
public abstract record SearchOutcome
{
    private SearchOutcome()
    {
    }

    /// <param name="Kind">By what: name, mail, phone, reference.</param>
    /// <param name="Inquiries">Newest first.</param>
    public sealed record Found(string Kind, IReadOnlyList<FoundReference> Inquiries) : SearchOutcome
    {
        /// <summary>Finds it again for a while.</summary>
        public Guid Id { get; init; }
    }

    /// <summary>More than <see cref="SearchInquiries.MostOpened"/> have these words.</summary>
    public sealed record TooMany : SearchOutcome;

    /// <summary>It is nothing that can be searched for.</summary>
    public sealed record NotReadable : SearchOutcome;

    /// <summary>They have searched too often.</summary>
    public sealed record TooOften : SearchOutcome;
}
