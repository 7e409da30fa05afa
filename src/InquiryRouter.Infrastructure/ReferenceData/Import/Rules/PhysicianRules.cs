using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>What an entry of a clinic's physicians must be.</summary>
internal sealed class PhysicianRules(KnownCodes codes, ProblemList problems)
{
    private const int NameLength = 200;
    private const int SpecialtiesLength = 400;
    private const int MembershipsLength = 2000;
    private const int MostPatients = 1_000_000;

    public Physician? Check(ObjectReader fields)
    {
        var before = problems.Count;
        var physician = new Physician
        {
            Name = fields.Text("name", NameLength),
            Active = fields.Active(),
            Specialties = fields.Listed("specialties", KnownCodes.IsWord, KnownCodes.WordAllowed, SpecialtiesLength),
            Certifications = [.. fields.Entries("certifications", ClinicFields.Certification, Certification)],
            Memberships = fields.Listed(
                "memberships", IsName, $"the name of an association of 1 to {NameLength} characters, without line breaks and spaces around it.", MembershipsLength, atLeast: 0),
            Experience = [.. Experience(fields)],
            ReferencesCheckedAt = fields.OptionalDate("referencesCheckedAt"),
        };
        return problems.Count == before ? physician : null;
    }

    private Certification? Certification(ObjectReader fields)
    {
        var before = problems.Count;
        var (by, at) = fields.Verification();
        var certification = new Certification
        {
            Board = fields.Text("board", NameLength), ValidTo = fields.OptionalDate("validTo"), VerifiedBy = by, VerifiedAt = at,
        };
        return problems.Count == before ? certification : null;
    }

    private IReadOnlyList<Experience> Experience(ObjectReader fields)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return fields.Entries("experience", ClinicFields.Experience, Read, optional: true);

        Experience? Read(ObjectReader entry)
        {
            var before = problems.Count;
            var condition = entry.Word("condition", codes.IsCondition, codes.ConditionsAllowed);
            if (problems.Count == before && !seen.Add(condition))
            {
                entry.Add("condition", "Each condition once for a physician.");
            }

            var patients = (int)entry.Digits("patients", 0, MostPatients, decimals: 0, "A whole number of patients from 0 to 1,000,000, in digits only.");
            return problems.Count == before ? new Experience(condition, patients) : null;
        }
    }

    private static bool IsName(string text) => text.Length is >= 1 and <= NameLength && text.AsSpan().Trim().Length == text.Length && Typed.IsShowable(text);
}
