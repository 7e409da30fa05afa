namespace InquiryRouter.Core.Demo;

/// <summary>Chance that a seed decides: the same seed makes the same world.</summary>
public sealed class Dice
{
    private const int Spread = 1_000_003;

    private readonly Random _random;

    /// <param name="seed">Of the world.</param>
    /// <param name="number">Of what is diced about: each has throws of its own, whatever happens to the others.</param>
    public Dice(int seed, int number) => _random = new Random(unchecked((seed * Spread) ^ (number * 7919)));

    public double Next() => _random.NextDouble();

    /// <summary>0 up to, not including, <paramref name="below"/>.</summary>
    public int Below(int below) => _random.Next(below);

    public bool Is(double probability) => _random.NextDouble() < probability;

    public T Of<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One of some, by weight.</summary>
    public T Weighted<T>(params ReadOnlySpan<(double Weight, T What)> from)
    {
        var total = 0.0;
        foreach (var (weight, _) in from)
        {
            total += weight;
        }

        var at = _random.NextDouble() * total;
        foreach (var (weight, what) in from)
        {
            if ((at -= weight) < 0)
            {
                return what;
            }
        }

        return from[^1].What;
    }

    /// <summary>A delay as people have them: most near the median, a few many times as long.</summary>
    /// <param name="medianHours">Half of them are shorter.</param>
    /// <param name="spread">0: none; 1: one in six takes more than 2.7 times the median.</param>
    public TimeSpan Delay(double medianHours, double spread = 0.9)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return TimeSpan.FromHours(Math.Min(medianHours * Math.Exp(spread * normal), medianHours * 30));
    }

    /// <summary>Bytes for an id.</summary>
    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
