using InquiryRouter.Core.Reports;

namespace InquiryRouter.Tests.Reports;

/// <summary>Percentiles from buckets that add up.</summary>
public sealed class HistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    [InlineData(3_600)]
    [InlineData(86_400)]
    [InlineData(31_536_000)]
    [InlineData(300_000_000)]
    public void A_bucket_stands_for_a_length_within_two_per_cent(int seconds)
    {
        var middle = Buckets.Middle(Buckets.Of(TimeSpan.FromSeconds(seconds))).TotalSeconds;

        Assert.InRange(middle, seconds * 0.98, seconds * 1.02);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(0.3)]
    public void What_took_no_time_is_in_the_first_bucket(double seconds) => Assert.Equal(0, Buckets.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_took_longer_than_ten_years_is_in_the_last_bucket() =>
        Assert.Equal(Buckets.Of(TimeSpan.FromDays(4000)), Buckets.Of(TimeSpan.FromDays(40000)));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(99)]
    [InlineData(100)]
    public void Percentiles_are_within_two_per_cent_of_those_of_the_lengths_themselves(int percent)
    {
        var random = new Random(7);
        var lengths = Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromSeconds(Math.Exp(random.NextDouble() * 16) + 1)).ToList();
        var histogram = new Histogram();
        lengths.ForEach(histogram.Add);

        var exact = lengths.Order().ElementAt((int)Math.Ceiling(lengths.Count * percent / 100.0) - 1);

        Assert.Equal(lengths.Count, histogram.Count);
        Assert.InRange(histogram.Percentile(percent)!.Value.TotalSeconds, exact.TotalSeconds * 0.98, exact.TotalSeconds * 1.02);
    }

    [Fact]
    public void Those_of_days_add_up_to_that_of_all_of_them()
    {
        var random = new Random(11);
        var (all, sum) = (new Histogram(), new Histogram());
        for (var day = 0; day < 30; day++)
        {
            var ofDay = new Histogram();
            for (var i = 0; i < 100; i++)
            {
                var length = TimeSpan.FromMinutes(random.Next(1, 100_000));
                ofDay.Add(length);
                all.Add(length);
            }

            sum.Add(ofDay);
        }

        Assert.Equal(all.Count, sum.Count);
        Assert.All(Enumerable.Range(1, 100), p => Assert.Equal(all.Percentile(p), sum.Percentile(p)));
    }

    [Fact]
    public void Of_nothing_there_is_no_percentile() => Assert.Null(new Histogram().Percentile(50));
}
