using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Stored;

/// <summary>The inputs of a decision as they were recorded with it, and what it came to.</summary>
/// <param name="Network">The version of the network, in <c>networks.json</c>; so the policy's.</param>
/// <param name="Load">Of the clinics it could matter for.</param>
public sealed record StoredDecision(
    string Name, long Network, int Policy, DateTimeOffset At, InquiryFacts Inquiry, IReadOnlyDictionary<string, ClinicLoad> Load,
    IReadOnlyDictionary<string, Earlier> Earlier, StoredOutcome Outcome);

/// <param name="Rejected">By the code of the gate, by the code of the clinic: which sentence of <c>sentences.json</c>, from 0.</param>
/// <param name="Shares">What the turn added to what each clinic was owed.</param>
/// <param name="Approval">Why it waited for a coordinator's yes.</param>
/// <param name="WaitFor">When nothing fitted: clinics that lacked nothing but a place.</param>
/// <param name="Relaxations">When nothing fitted: which single change would have found how many clinics.</param>
public sealed record StoredOutcome(
    IReadOnlyList<StoredRank> Ranked, int Tied, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Rejected,
    IReadOnlyDictionary<string, long> Shares, IReadOnlyList<string> Approval, IReadOnlyList<string> WaitFor,
    IReadOnlyDictionary<string, int> Relaxations);

/// <param name="Parts">In the order of <see cref="ScoreParts.Names"/>.</param>
public sealed record StoredRank(string Clinic, double Score, IReadOnlyList<double> Parts, int Offering);

/// <summary>
/// Decisions that the program made before each of its gates stood in a file of its own, with the networks, rules and policies
/// they were made from. The
/// files are what was decided then: nothing writes them, and a change of the reference data that is shipped does not touch them.
/// </summary>
internal static class StoredDecisions
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new Sets() },
    };

    private static readonly ReferenceLists s_lists = Read<StoredLists>("lists").ToLists();
    private static readonly string[] s_sentences = Read<string[]>("sentences");
    private static readonly Dictionary<long, NetworkSnapshot> s_networks =
        Read<StoredNetwork[]>("networks").ToDictionary(n => n.Version, n => n.ToNetwork(s_lists));

    private static readonly Dictionary<int, Policy> s_policies =
        Read<StoredPolicy[]>("policies").ToDictionary(p => p.Version, p => p.ToPolicy());

    public static IReadOnlyList<StoredDecision> All { get; } = Read<StoredDecision[]>("decisions");

    public static NetworkSnapshot Network(long version) => s_networks[version];

    public static Policy Policy(int version) => s_policies[version];

    public static string Sentence(int number) => s_sentences[number];

    private static T Read<T>(string file)
    {
        var folder = Path.Combine(Repository.Root, "tests", "InquiryRouter.Tests", "Matching", "Stored");
        using var stream = File.OpenRead(Path.Combine(folder, $"{file}.json"));
        return JsonSerializer.Deserialize<T>(stream, Json)!;
    }

    /// <summary>The serializer writes these sets, but does not read them.</summary>
    private sealed class Sets : JsonConverter<FrozenSet<string>>
    {
        public override FrozenSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<string[]>(ref reader, options)!.ToFrozenSet(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, FrozenSet<string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Order(StringComparer.Ordinal), options);
    }
}

/// <summary>The lists that all of the networks were matched by.</summary>
public sealed record StoredLists(
    IReadOnlyList<Country> Countries, IReadOnlyList<Named> Languages, IReadOnlyList<Currency> Currencies, IReadOnlyList<Region> Regions,
    IReadOnlyList<Condition> Conditions, IReadOnlyList<Treatment> Treatments)
{
    public ReferenceLists ToLists() => new()
    {
        Countries = Countries.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Languages = Languages.ToFrozenDictionary(l => l.Code, StringComparer.Ordinal),
        Currencies = Currencies.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Regions = Regions.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal),
        Conditions = Conditions.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Treatments = Treatments.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal),
    };
}

/// <summary>A network with the rules of its version.</summary>
public sealed record StoredNetwork(
    long Version, IReadOnlyList<AccreditationBody> Bodies, IReadOnlyList<CountryRule> CountryRules,
    IReadOnlyList<FacilitatorPermission> Permissions, IReadOnlyList<BaselinePrice> Baselines, IReadOnlyList<Clinic> Clinics)
{
    public NetworkSnapshot ToNetwork(ReferenceLists lists) =>
        new(Version, Clinics, new MatchRules(Bodies, CountryRules, Permissions, Baselines, lists));
}

/// <param name="File">As <see cref="PolicyFile"/> writes it.</param>
public sealed record StoredPolicy(int Version, JsonElement File)
{
    public Policy ToPolicy() =>
        PolicyFile.Read(JsonSerializer.SerializeToUtf8Bytes(File), Version, lists: null).Policy
        ?? throw new InvalidDataException($"Policy {Version} cannot be read.");
}
