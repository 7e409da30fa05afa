using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening.Duplicates;

/// <summary>The patient of an inquiry, as far as it tells people apart. In memory only.</summary>
public sealed record Person
{
    public required PersonName Name { get; init; }

    /// <summary>Mailboxes of the patient and of who asks for them.</summary>
    public required IReadOnlyList<string> Mails { get; init; }

    /// <summary>As it is compared (<see cref="PhoneNumber.Key"/>).</summary>
    public required string? Phone { get; init; }

    public required int BirthYear { get; init; }

    public static Person Of(PatientData patient, InquiryFacts facts) => new()
    {
        Name = PersonName.Of(patient.Name), Mails = SearchKeys.Mails(patient),
        Phone = patient.Phone is { } phone ? PhoneNumber.Key(phone) : null,
        BirthYear = facts.BirthYear,
    };
}

/// <summary>Another inquiry that has a search token in common with the one that is screened.</summary>
/// <param name="BlocksLater">
/// It came before the one that is screened, or has gone on already: of two that arrive together, one goes on and one waits.
/// </param>
public sealed record OtherInquiry(
    InquiryId Id, string Reference, InquiryState State, DateTimeOffset ReceivedAt, string Condition, Person Patient, bool BlocksLater);

/// <summary>Two inquiries that may be of one patient.</summary>
/// <param name="Other">The other one.</param>
/// <param name="Reasons">Codes, explained by <see cref="PairReason"/>.</param>
/// <param name="Score">0 to 100, to show the likeliest first; whether it is strong is a rule, not a number.</param>
/// <param name="Strong">Surely enough the same patient, in the same matter, still open: it waits for a coordinator.</param>
public sealed record DuplicateFinding(OtherInquiry Other, IReadOnlyList<string> Reasons, int Score, bool Strong);

/// <summary>
/// When are two inquiries of one patient? A shared mailbox or phone is not enough: families and carers share them, and a carer's two patients stay
/// two. A shared name and year of birth is not enough either: it takes both. Nothing is ever merged or dropped by it.
/// </summary>
public static class DuplicateRule
{
    /// <summary>The likeliest are kept: who has more namesakes than this is not found by the name.</summary>
    public const int MostFindings = 5;

    /// <param name="patient">Of the inquiry that is screened.</param>
    /// <param name="condition">What it is about.</param>
    /// <param name="others">What the tokens found.</param>
    /// <param name="openSince">An older inquiry is pointed out, and holds nothing.</param>
    /// <returns>The likeliest first.</returns>
    public static IReadOnlyList<DuplicateFinding> Find(Person patient, string condition, IEnumerable<OtherInquiry> others, DateTimeOffset openSince) =>
        [.. others.Select(other => Compare(patient, condition, other, openSince)).OfType<DuplicateFinding>()
            .OrderByDescending(f => f.Strong).ThenByDescending(f => f.Score).ThenBy(f => f.Other.ReceivedAt).ThenBy(f => f.Other.Reference, StringComparer.Ordinal)
            .Take(MostFindings)];

    /// <summary>Null: two patients, as far as anybody can say.</summary>
    public static DuplicateFinding? Compare(Person patient, string condition, OtherInquiry other, DateTimeOffset openSince)
    {
        var reasons = new List<string>(6);
        var score = 0;
        Add(patient.Mails.Intersect(other.Patient.Mails, StringComparer.Ordinal).Any(), PairReason.SameMail, 30);
        Add(patient.Phone is not null && patient.Phone == other.Patient.Phone, PairReason.SamePhone, 30);
        var contact = reasons.Count > 0;

        var name = patient.Name.CompareTo(other.Patient.Name);
        Add(name == NameLikeness.Same, PairReason.SameName, 25);
        Add(name == NameLikeness.Similar, PairReason.SimilarName, 15);
        var sameYear = patient.BirthYear == other.Patient.BirthYear;
        Add(sameYear, PairReason.SameBirthYear, 15);

        // Another name is another patient, whoever writes for them. Another year may be a slip, or a mother and a daughter of one name.
        if (name == NameLikeness.Different || (!sameYear && !(contact && name == NameLikeness.Same)) || other.State == InquiryState.Erased)
        {
            return null;
        }

        var strong = contact && sameYear && other.BlocksLater;
        Weaken(!sameYear, PairReason.OtherBirthYear);
        Weaken(condition != other.Condition, PairReason.OtherCondition);
        Weaken(other.State == InquiryState.Closed, PairReason.Closed);
        Weaken(other.State == InquiryState.Quarantined, PairReason.Quarantined);
        Weaken(other.ReceivedAt < openSince, PairReason.LongAgo);
        return new DuplicateFinding(other, reasons, score, strong);

        void Add(bool holds, string reason, int points)
        {
            if (holds)
            {
                reasons.Add(reason);
                score += points;
            }
        }

        void Weaken(bool holds, string reason)
        {
            if (holds)
            {
                reasons.Add(reason);
                strong = false;
            }
        }
    }
}
