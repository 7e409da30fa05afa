using BenchmarkDotNet.Attributes;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Benchmarks.Match;

/// <summary>One inquiry against a whole network. The runner makes a class of its own from this one, so it is public and open.</summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private NetworkSnapshot _network = null!;
    private MatchIndex _index = null!;
    private MatchLoad _load = MatchLoad.None;

    [Params(200, 10_000, 100_000)]
    public int Clinics { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _network = MatchNetwork.Generate(Clinics);
        _index = new MatchIndex(_network, MatchNetwork.Now);
        _load = MatchNetwork.Load(_network);
    }

    /// <summary>Who is asked, and for every other clinic the gate and the sentence: what every inquiry needs.</summary>
    [Benchmark]
    public MatchDecision Decided() => Matcher.Match(MatchNetwork.Inquiry, _index, Policy.Shipped, _load, MatchNetwork.Now);

    /// <summary>The same written out as JSON.</summary>
    [Benchmark]
    public string Written() => Explanation.Of(Decided(), _network).ToJson();

    /// <summary>What a change of the network, and every quarter of an hour, costs.</summary>
    [Benchmark]
    public MatchIndex Index() => new(_network, MatchNetwork.Now);
}
