using System.Reflection;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Matching;

/// <summary>What a clinic pays is no input of a match: nothing a match can reach has a name that speaks of payment.</summary>
public sealed partial class CommissionTests
{
    [Fact]
    public void Nothing_that_a_match_can_reach_speaks_of_payment() =>
        Assert.DoesNotContain(Members(Reachable(Inputs())), m => SpeaksOfPayment().IsMatch(m));

    [Fact]
    public void The_matcher_is_given_nothing_else() =>
        Assert.Equal(
            [
                typeof(InquiryFacts), typeof(MatchIndex), typeof(Policy), typeof(MatchLoad), typeof(DateTimeOffset),
                typeof(IReadOnlyCollection<Gate>),
            ],
            Inputs());

    /// <summary>The search goes where it must: through lists, dictionaries, and the private fields of the index.</summary>
    [Theory]
    [InlineData(typeof(Clinic))]
    [InlineData(typeof(ClinicTreatment))]
    [InlineData(typeof(Package))]
    [InlineData(typeof(Physician))]
    [InlineData(typeof(Certification))]
    [InlineData(typeof(Credential))]
    [InlineData(typeof(CountryRule))]
    [InlineData(typeof(AccreditationBody))]
    [InlineData(typeof(FacilitatorPermission))]
    [InlineData(typeof(BaselinePrice))]
    [InlineData(typeof(ClinicLoad))]
    [InlineData(typeof(ScoreWeights))]
    [InlineData(typeof(Approval))]
    [InlineData(typeof(Treatment))]
    public void The_search_reaches(Type type) => Assert.Contains(type, Reachable(Inputs()));

    [Fact]
    public void The_search_reaches_what_the_index_keeps_to_itself() =>
        Assert.Superset(new HashSet<string>(["ClinicOnDay", "Offering"], StringComparer.Ordinal), Reachable(Inputs()).Select(t => t.Name).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void A_payment_hidden_three_types_deep_is_found()
    {
        Assert.Contains("Deep.CommissionRate", Members(Reachable([typeof(Bribed)])).Where(m => SpeaksOfPayment().IsMatch(m)), StringComparer.Ordinal);
        Assert.Contains("Deep._kickback", Members(Reachable([typeof(Bribed)])).Where(m => SpeaksOfPayment().IsMatch(m)), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("CommissionRate", true)]
    [InlineData("_commission", true)]
    [InlineData("ReferralFee", true)]
    [InlineData("MonthlyPayment", true)]
    [InlineData("PaysPerLead", true)]
    [InlineData("_revenueShare", true)]
    [InlineData("PriceAmount", false)]
    [InlineData("WeeklyCap", false)]
    public void The_search_for_payments_finds_their_names(string member, bool found) => Assert.Equal(found, SpeaksOfPayment().IsMatch(member));

    private static Type[] Inputs() => [.. typeof(Matcher).GetMethod(nameof(Matcher.Match))!.GetParameters().Select(p => p.ParameterType)];

    /// <summary>The types of all fields and properties, public or not, of these types, and of theirs, as far as they are ours.</summary>
    private static HashSet<Type> Reachable(IEnumerable<Type> types)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>(types);
        while (open.TryPop(out var type))
        {
            if (!reached.Add(type))
            {
                continue;
            }

            // What a library's list or dictionary holds stands in its type arguments.
            foreach (var part in type.GetGenericArguments().Append(type.GetElementType()).OfType<Type>())
            {
                open.Push(part);
            }

            if (type.Namespace?.StartsWith("InquiryRouter", StringComparison.Ordinal) == true)
            {
                foreach (var member in MembersOf(type))
                {
                    open.Push(member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<string> Members(IEnumerable<Type> types) =>
        types.Where(t => t.Namespace?.StartsWith("InquiryRouter", StringComparison.Ordinal) == true).SelectMany(MembersOf, (t, m) => $"{t.Name}.{m.Name}");

    private static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m is FieldInfo or PropertyInfo);

    [GeneratedRegex("Commission|Fee(?![a-z])|Fees|Payment|Payout|Pays|Paid|Kickback|Revenue|Margin|Bonus|Sponsor", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpeaksOfPayment();

    private sealed record Bribed(IReadOnlyDictionary<string, Middle[]> Clinics);

    private sealed record Middle(List<Deep?> Hidden);

    private sealed record Deep(decimal CommissionRate)
    {
        private readonly int _kickback = 5;

        public int Innocent => _kickback;
    }
}
