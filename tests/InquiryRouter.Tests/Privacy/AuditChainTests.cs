using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Privacy;

public sealed class AuditChainTests
{
    private static readonly InquiryId s_inquiry = new(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718293"));

    private static readonly Dictionary<string, Func<AuditEntry, AuditEntry>> s_changes = new(StringComparer.Ordinal)
    {
        ["inquiry"] = e => e with { InquiryId = InquiryId.None },
        ["version"] = e => e with { Version = e.Version + 1 },
        ["moment"] = e => e with { At = e.At.AddMilliseconds(1) },
        ["action"] = e => e with { Action = "closed" },
        ["kind of actor"] = e => e with { ActorKind = "coordinator" },
        ["name of the actor"] = e => e with { ActorName = "matching" },
        ["detail"] = e => e with { Detail = "minor" },
        ["hash"] = e => e with { Hash = [.. e.Hash.Take(31), (byte)(e.Hash[31] ^ 1)] },
    };

    public static TheoryData<string> Changes => new(s_changes.Keys);

    [Fact]
    public void A_history_as_it_was_written_is_intact()
    {
        var entries = History();

        Assert.True(AuditChain.IsIntact(entries, entries[^1].Hash));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_entry_is_noticed_by_its(string changed)
    {
        var entries = History();
        entries[1] = s_changes[changed](entries[1]);

        Assert.False(AuditChain.IsIntact(entries, entries[^1].Hash));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_missing_entry_is_noticed_wherever_it_was(int missing)
    {
        var entries = History();
        var newest = entries[^1].Hash;
        entries.RemoveAt(missing);

        Assert.False(AuditChain.IsIntact(entries, newest));
    }

    [Fact]
    public void Entries_in_another_order_are_noticed()
    {
        var entries = History();
        (entries[0], entries[1]) = (entries[1], entries[0]);

        Assert.False(AuditChain.IsIntact(entries, entries[^1].Hash));
    }

    [Fact]
    public void An_entry_that_was_added_is_noticed()
    {
        var entries = History();
        var newest = entries[^1].Hash;
        entries.Add(Entry(entries, "closed", Actor.Coordinator("eve"), null));

        Assert.False(AuditChain.IsIntact(entries, newest));
    }

    [Fact]
    public void A_history_that_was_emptied_is_noticed() => Assert.False(AuditChain.IsIntact([], History()[^1].Hash));

    [Fact]
    public void Before_the_first_entry_the_chain_is_at_its_start() => Assert.True(AuditChain.IsIntact([], AuditChain.Start));

    [Fact]
    public void The_first_line_that_is_wrong_is_named()
    {
        var newest = History()[^1].Hash;

        Assert.Null(AuditChain.FirstBroken(History(), newest));
        for (var line = 1; line <= 3; line++)
        {
            var changed = History();
            changed[line - 1] = changed[line - 1] with { ActorName = "eve" };
            Assert.Equal(line, AuditChain.FirstBroken(changed, newest));

            var missing = History();
            missing.RemoveAt(line - 1);
            Assert.Equal(line, AuditChain.FirstBroken(missing, newest));
        }

        var added = History();
        added.Add(Entry(added, "closed", Actor.Coordinator("eve"), null));
        Assert.Equal(4, AuditChain.FirstBroken(added, newest));
        Assert.Equal(1, AuditChain.FirstBroken(History(), AuditChain.Start));
    }

    [Fact]
    public void A_moment_counts_the_same_in_every_zone()
    {
        var actor = Actor.Stage("screening");

        Assert.Equal(
            AuditChain.Hash(AuditChain.Start, s_inquiry, 1, Moment.Now, "received", actor, null),
            AuditChain.Hash(AuditChain.Start, s_inquiry, 1, Moment.Now.ToOffset(TimeSpan.FromHours(9)), "received", actor, null));
    }

    [Fact]
    public void A_line_has_the_hash_it_has_always_had() =>
        Assert.Equal(
            "2382BCAD0601D5DFA7C5EC477C13B44CF4F6B69A7118746B26E724DF960AFAF2",
            Convert.ToHexString(AuditChain.Hash(AuditChain.Start, s_inquiry, 1, Moment.Now, "received", Actor.Stage("screening"), null)));

    private static List<AuditEntry> History()
    {
        var entries = new List<AuditEntry>();
        entries.Add(Entry(entries, "received", Actor.Patient, null));
        entries.Add(Entry(entries, "held", Actor.Stage("screening"), "emergency-words"));
        entries.Add(Entry(entries, "released", Actor.Coordinator("cora"), null));
        return entries;
    }

    private static AuditEntry Entry(List<AuditEntry> before, string action, Actor actor, string? detail)
    {
        var version = before.Count + 1;
        var at = Moment.Now.AddMinutes(version);
        var previous = before.Count == 0 ? AuditChain.Start : before[^1].Hash;
        return new AuditEntry
        {
            InquiryId = s_inquiry, Version = version, At = at, Action = action, ActorKind = actor.Kind, ActorName = actor.Name, Detail = detail,
            Hash = AuditChain.Hash(previous, s_inquiry, version, at, action, actor, detail),
        };
    }
}
