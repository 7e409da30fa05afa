using System.Collections.Concurrent;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Demo;

/// <summary>How far a filling has come.</summary>
public sealed record DemoProgress(string What, int Done, int Of);

/// <summary>
/// Fills a database with many more inquiries than can be played in a short time: what was played to its end is told again and again, of
/// other people in other weeks. What is still going on is not.
/// </summary>
public sealed class RetellLives(Database played, PatientVault vault, KeyedHash hash, NetworkCache networks, PolicyCache policies)
{
    private const int AtOnce = 400;

    // Behind the numbers of all that are played.
    private const int FirstOther = 50_000;

    private const int DaysOfWeek = 7;

    // Days, weeks and messages of the present are left to what was played.
    private static readonly TimeSpan s_present = TimeSpan.FromDays(8);

    // To make a large network ready for each hour of two years would take longer than all the rest.
    private const int MostClinics = 1000;

    /// <param name="from">The file that was played in.</param>
    /// <param name="to">The file to fill; nobody else has it open.</param>
    /// <param name="lives">Who makes up other people.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="now">Where the past ends.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellation">Ends it in the middle.</param>
    public async Task RunAsync(
        string from, string to, DemoLives lives, int count, int seed, DateTimeOffset now, IProgress<DemoProgress> progress,
            CancellationToken cancellation)
    {
        var columns = LifeReader.Columns(from);
        var (told, references) = await OpenAsync(from, columns, cancellation);
        var plan = Plan(told, count, seed, now);
        var (network, policy) = (await networks.CurrentAsync(cancellation), await policies.CurrentAsync(cancellation));
        var hours = new ConcurrentDictionary<long, MatchIndex>();
        var retell = new RetellLife(columns, lives, vault, hash, IndexAt, policy);
        var tables = LifeTables.OfInquiries.Select((t, i) => (
            t.Name, IndexOf(columns[i], "Seq"), t.Name == "Work" ? IndexOf(columns[i], "Mark") : -1,
                IndexOf(columns[i], "Kind"))).ToArray();
        retell.Knows(references);
        using var writer = new LifeWriter(to, columns);
        var write = Task.CompletedTask;
        for (var done = 0; done < plan.Length; done += AtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = done;
            var rows = new List<object?[]>[Math.Min(AtOnce, plan.Length - done)][];
            Parallel.For(0, rows.Length, i => rows[i] = retell.Tell(told[plan[first + i].Life], FirstOther + first + i,
                plan[first + i].Weeks));
            await write;
            progress.Report(new DemoProgress("told again", done, plan.Length));
            write = Task.Run(() => Write(writer, rows, tables), cancellation);
            if (hours.Count > 500)
            {
                hours.Clear();
            }
        }

        await write;
        writer.AddPlaces(Places(told, plan, network));
        writer.Finish();

        MatchIndex? IndexAt(DateTimeOffset moment)
        {
            if (network.Clinics.Count > MostClinics)
            {
                return null;
            }

            var index = hours.GetOrAdd(moment.UtcTicks / TimeSpan.TicksPerHour, _ => new MatchIndex(network, moment));
            return index.IsOfDaysAt(moment) ? index : new MatchIndex(network, moment);
        }
    }

    private async Task<(IReadOnlyList<ToldLife> Told, IReadOnlyList<string> References)> OpenAsync(string from, IReadOnlyList<IReadOnlyList<string>> columns,
        CancellationToken cancellation)
    {
        var rows = LifeReader.ReadAll(from);
        var (records, matches) = await played.ReadAsync(
            async session =>
            {
                var found = new List<InquiryRecord>();
                foreach (var some in rows.Select(r => r.Id).Chunk(500))
                {
                    found.AddRange(await InquiryStore.ListAsync(session, some));
                }

                return (found.ToDictionary(r => r.Id), (await MatchStore.ListSinceAsync(session, DateTimeOffset.MinValue, 0,
                    int.MaxValue)).ToLookup(m => m.Match.InquiryId, m => m.Match));
            },
            cancellation);
        return (
            [.. rows.Select(r => ToldLife.Open(r, columns, records[r.Id], matches, vault)).OfType<ToldLife>()],
            [.. records.Values.Select(r => r.Reference)]);
    }

    // Which life, and how many weeks earlier; oldest first, so that numbers grow with time.
    private static (int Life, int Weeks)[] Plan(IReadOnlyList<ToldLife> told, int count, int seed, DateTimeOffset now)
    {
        if (told.Count == 0)
        {
            throw new InvalidOperationException("Nothing that was played has come to its end: there is nothing to tell again.");
        }

        var dice = new Dice(seed, int.MinValue);
        var plan = new (int Life, int Weeks)[count];
        for (var i = 0; i < count; i++)
        {
            var life = told[i % told.Count];
            var least = Math.Max(0, (int)Math.Ceiling((life.Ended - (now - s_present)) / TimeSpan.FromDays(DaysOfWeek)));
            var most = Math.Max(least, (int)((life.Inquiry.ReceivedAt - (now - DemoLives.Past)) / TimeSpan.FromDays(DaysOfWeek)));
            plan[i] = (i % told.Count, least + (int)((most - least + 1) * Math.Pow(dice.Next(), 1.2)));
        }

        Array.Sort(plan, (a, b) => At(a).CompareTo(At(b)));
        return plan;

        DateTimeOffset At((int Life, int Weeks) one) => told[one.Life].Inquiry.ReceivedAt.AddDays(-DaysOfWeek * one.Weeks);
    }

    private static void Write(LifeWriter writer, List<object?[]>[][] lives, (string Name, int Seq, int Mark, int Kind)[] tables)
    {
        var numbers = new Dictionary<(string, long), long>();
        foreach (var life in lives)
        {
            numbers.Clear();
            for (var table = 0; table < life.Length; table++)
            {
                var (name, seq, mark, kind) = tables[table];
                foreach (var row in life[table])
                {
                    if (seq >= 0)
                    {
                        var number = writer.Number(name);
                        numbers[(name, (long)row[seq]!)] = number;
                        row[seq] = number;
                    }

                    if (mark >= 0)
                    {
                        // The number of a note or a quote; other marks are no numbers of rows.
                        var of = (string)row[kind]! == "QuoteToLookAt" ? "Quote" : "Note";
                        row[mark] = numbers.GetValueOrDefault((of, (long)row[mark]!), (long)row[mark]!);
                    }

                    writer.Write(table, row);
                }
            }
        }

        writer.Commit();
    }

    private static IEnumerable<(string, string, int, int)> Places(IReadOnlyList<ToldLife> told, (int Life, int Weeks)[] plan,
        NetworkSnapshot network)
    {
        return plan.SelectMany(p => told[p.Life].UsedPlaces.Select(u => (u.Clinic, Week: u.Week.AddDays(-DaysOfWeek * p.Weeks))))
            .GroupBy(u => u).Select(g => (g.Key.Clinic, g.Key.Week.ToString("yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture), g.Count(),
                network.ByCode.TryGetValue(g.Key.Clinic, out var clinic) ? clinic.WeeklyCap : g.Count()));
    }

    private static int IndexOf(IReadOnlyList<string> columns, string name) => columns.ToList().IndexOf(name);
}
