using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Network;
using InquiryRouter.Commands;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Xunit;

namespace InquiryRouter.IntegrationTests.Import;

/// <summary>The command from the file to the database: all of a file, or nothing of it.</summary>
public sealed class ImportingClinics : IDisposable
{
    private const int FuzzedFiles = 150;

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-import-").FullName;
    private readonly AppDatabase _stored;

    public ImportingClinics()
    {
        _stored = AppDatabase.Of(_directory);
        _stored.Prepare();
    }

    [Fact]
    public async Task A_file_is_stored_once_and_again_only_where_it_changed()
    {
        var first = await ImportAsync("clinics.json", Demo());
        Assert.Equal((0, true), (first.Code, first.Says("47 clinics added, 0 changed, 0 unchanged; the network is now version 2.")));

        var again = await ImportAsync("clinics.json", Demo());
        Assert.Equal((0, true), (again.Code, again.Says("Nothing has changed: the network already has these 47 clinics as they are in the file. It stays at version 2.")));

        var file = JsonNode.Parse(Demo())!;
        var clinics = file["clinics"]!.AsArray();
        clinics[0]!["weeklyCap"] = 77;
        var added = clinics[1]!.DeepClone();
        added["code"] = "MX-NEW-01";
        clinics.Add(added);
        var changed = await ImportAsync("clinics.json", Encoding.UTF8.GetBytes(file.ToJsonString()));
        Assert.Equal((0, true), (changed.Code, changed.Says("1 clinics added, 1 changed, 46 unchanged; the network is now version 3.")));
        Assert.Equal((3L, 48), ((await NetworkAsync()).Version, (await NetworkAsync()).Clinics.Count));
    }

    [Fact]
    public async Task What_is_exported_and_imported_again_changes_nothing()
    {
        await ImportAsync("clinics.json", Demo());
        var file = Path.Combine(_directory, "exported.json");

        var exported = await ExportAsync(file);
        var again = await ImportAsync("exported.json", await File.ReadAllBytesAsync(file));

        Assert.Equal((0, true), (exported.Code, exported.Says("47 clinics of network version 2 are in")));
        Assert.Equal((0, true), (again.Code, again.Says("Nothing has changed: the network already has these 47 clinics as they are in the file. It stays at version 2.")));
        Assert.Contains("MX-TIJ-01", (await ExportAsync("-")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_value_is_shown_with_its_line_and_nothing_is_stored()
    {
        await ImportAsync("clinics.json", Demo());
        var lines = Encoding.UTF8.GetString(Demo()).Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains("\"weeklyCap\"", StringComparison.Ordinal));
        lines[line] = """      "weeklyCap": "lots",""";
        var code = JsonNode.Parse(Demo())!["clinics"]![0]!["code"]!.GetValue<string>();

        var bad = await ImportAsync("clinics.json", Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        Assert.Equal(CommandLine.Refused, bad.Code);
        Assert.True(bad.Says($"clinics.json:{line + 1}: weeklyCap of {code} is 'lots'; A whole number from 0 to 1,000,000,000, in digits only."), bad.Output);
        Assert.True(bad.Says("Nothing was imported."), bad.Output);
        Assert.Equal(2, (await NetworkAsync()).Version);
    }

    [Fact]
    public async Task Progress_is_shown_while_reading_and_while_storing()
    {
        var file = JsonNode.Parse(Demo())!;
        var one = file["clinics"]![0]!.DeepClone();
        file["clinics"] = new JsonArray([.. Enumerable.Range(0, 2100).Select(i =>
        {
            var clinic = one.DeepClone();
            clinic["code"] = $"MX-{i}";
            return clinic;
        })]);

        var (_, output) = await ImportAsync("many.json", Encoding.UTF8.GetBytes(file.ToJsonString()));

        Assert.Equal(
            ["1000 clinics checked", "2000 clinics checked", "1000 of 2100 clinics stored", "2000 of 2100 clinics stored", "2100 clinics added, 0 changed, 0 unchanged; the network is now version 2."],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(5));
        Assert.Contains("gives 3 years: check the dates on the certificate.", output, StringComparison.Ordinal);
        Assert.EndsWith("2000 more like these." + Environment.NewLine, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imports_at_once_are_all_stored_whole()
    {
        await ImportAsync("clinics.json", Demo());
        var imports = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            var file = JsonNode.Parse(Demo())!;
            foreach (var clinic in file["clinics"]!.AsArray())
            {
                clinic!["code"] = $"{clinic["code"]}-{i}";
            }

            return ImportAsync($"clinics-{i}.json", Encoding.UTF8.GetBytes(file.ToJsonString()));
        })));

        Assert.All(imports, i => Assert.Equal((0, true), (i.Code, i.Says("47 clinics added"))));
        var network = await NetworkAsync();
        Assert.Equal((6L, 47 * 5), (network.Version, network.Clinics.Count));
    }

    [Theory]
    [InlineData("clinics.json")]
    [InlineData("clinics.csv")]
    public async Task Of_a_file_that_was_tampered_with_everything_is_stored_or_nothing(string name)
    {
        var whole = name.EndsWith(".json", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Demo()) : TwoClinicsAsCsv;
        Assert.Equal(0, (await ImportAsync(name, Encoding.UTF8.GetBytes(whole))).Code);
        var before = await NetworkAsync();
        var (applied, refused) = (0, 0);
        for (var seed = 0; seed < FuzzedFiles; seed++)
        {
            var file = Encoding.UTF8.GetBytes(Tampering.With(whole, new Random(seed)));
            var import = await ImportAsync(name, file);
            var after = await NetworkAsync();
            if (import.Code == 0)
            {
                applied++;
                AssertApplied(before, after, ReadClinics(name, file), seed);
            }
            else
            {
                refused++;
                Assert.True(import.Code == CommandLine.Refused && import.Says("Nothing was imported."), $"Seed {seed}: {import.Output}");
                Assert.True(Regex.IsMatch(import.Output, $@"^{name}:\d+: \S.* is '.*'; \S.*\.(\r?\n|$)", RegexOptions.NonBacktracking), $"Seed {seed}: {import.Output}");
                Assert.True(before.Version == after.Version && Text(before.Clinics) == Text(after.Clinics), $"Seed {seed} was refused and changed the network.");
            }

            before = after;
        }

        Assert.True(applied > FuzzedFiles / 20 && refused > FuzzedFiles / 20, $"{applied} were applied, {refused} refused: not both were tried.");
    }

    public void Dispose()
    {
        _stored.Drop();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_real_clinic_is_not_matched_by_the_rules_that_were_made_up_for_the_demo()
    {
        Assert.Equal(0, (await RunAsync("migrate")).Code);
        await using (var database = Open())
        {
            using var demo = new MemoryStream(Demo());
            var read = ClinicImport.Read(demo, ImportFormat.Json, A.Rules, new FieldRules());
            Assert.True(await new LoadDemoNetwork(database).RunAsync(read, CancellationToken.None));
        }

        var file = JsonNode.Parse(Demo())!;
        file["clinics"]![0]!["email"] = "referrals@clinic.mx";
        var real = Encoding.UTF8.GetBytes(file.ToJsonString());
        var before = (await NetworkAsync()).Version;

        var refused = await ImportAsync("real.json", real);
        Assert.Equal(CommandLine.Refused, refused.Code);
        Assert.StartsWith(
            "Nothing was imported. The country rules in force are the demo network's: they are made up, and MX-TIJ-01 would be matched by them.",
            refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await NetworkAsync()).Version);
        Assert.Equal(0, (await ImportAsync("demo.json", Demo())).Code);

        var rules = Path.Combine(_directory, "country-rules.json");
        await File.WriteAllBytesAsync(rules, ReferenceFiles.Shipped["country-rules"].Body);
        Assert.Equal(0, (await RunAsync("import", "reference", rules)).Code);
        Assert.Equal(0, (await ImportAsync("real.json", real)).Code);
    }

    private const string TwoClinicsAsCsv =
        """
        code,name,active,country,city,timeZone,email,contactName,contacts,sites,languages,ageGroups,weeklyCap,dailyPace,opens,closes,workDays,holidays,leave,offerWindowHours,treatments,packages,physicians,credentials
        MX-1,"Clínica Uno, Tijuana",true,MX,Tijuana,America/Tijuana,referrals@uno.example,Ana Ruiz,Luis Vega|medical|luis@uno.example,NORTE|Torre Norte|Tijuana; MAR|Edificio Mar|Ensenada,en es,adult,10,3,09:00,17:00,mon fri,2026-12-25 2027-01-06,2027-03-29|2027-04-02,24,lupus|sle|msc-infusion|umbilical-cord+bone-marrow|MAR; parkinson||autologous-hsct|bone-marrow,All inclusive|msc-infusion|lupus|14500.50|USD|hotel+airport-transfer|2026-01-01|2026-12-31,Dr. Elena Ruiz|no|rheumatology|American Board@2028-01-01@Bo@2026-10-01+Consejo|Colegio+EULAR|lupus=120+crohn=15|2026-09-30; Dr. Marco Silva||neurology,jci|hospital+programme|N 1|2025-02-01|2028-01-31|active|Ana|2026-10-15|https://example.org/register?id=1|ISQua EEA|Hospital|MAR|2027-01-10
        MX-2,Dos,false,MX,Mérida,America/Merida,referrals@dos.example,Bo Paz,,,es,adult child,0,,08:30,16:30,mon tue wed thu fri,,,,crohn||msc-infusion|adipose,,,cofepris|cell-therapy-clinical|C 1|2024-06-01|2029-05-31|active|Ana|2026-10-15
        """;

    private static void AssertApplied(NetworkSnapshot before, NetworkSnapshot after, IReadOnlyList<Clinic> file, int seed)
    {
        var expected = before.Clinics.Where(c => file.All(f => f.Code != c.Code)).Concat(file).OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        Assert.True(Text(expected) == Text(after.Clinics), $"Seed {seed} was not stored as it was read.");
        Assert.True(after.Version == before.Version + (Text(expected) == Text(before.Clinics) ? 0 : 1), $"Seed {seed} went from version {before.Version} to {after.Version}.");
    }

    private static string Text(IEnumerable<Clinic> clinics) => string.Join('\n', clinics.Select(Clinics.Text));

    private static byte[] Demo()
    {
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static IReadOnlyList<Clinic> ReadClinics(string name, byte[] file)
    {
        using var stream = new MemoryStream(file);
        return ClinicImport.Read(stream, ClinicImport.Of(name), A.Rules, new FieldRules()).Clinics;
    }

    private async Task<Ran> ImportAsync(string name, byte[] file)
    {
        var path = Path.Combine(_directory, name);
        await File.WriteAllBytesAsync(path, file);
        await using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["import", "clinics", path, $"--Data:Directory={_directory}", .. _stored.Arguments], output, output, TimeProvider.System, CancellationToken.None);
        return new Ran(code, output.ToString());
    }

    private async Task<Ran> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, $"--Data:Directory={_directory}", .. _stored.Arguments], output, output, TimeProvider.System, CancellationToken.None);
        return new Ran(code, output.ToString());
    }

    private async Task<Ran> ExportAsync(string file)
    {
        await using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["export", "clinics", file, $"--Data:Directory={_directory}", .. _stored.Arguments], output, output, TimeProvider.System, CancellationToken.None);
        return new Ran(code, output.ToString());
    }

    private Database Open() => _stored.Open();

    private async Task<NetworkSnapshot> NetworkAsync()
    {
        await using var database = Open();
        return await database.ReadAsync(session => NetworkStore.LoadAsync(session, A.Rules));
    }

    private sealed record Ran(int Code, string Output)
    {
        public bool Says(string text) => Output.Contains(text, StringComparison.Ordinal);
    }
}
