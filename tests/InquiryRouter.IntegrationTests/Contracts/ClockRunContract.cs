using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class ClockRunsOnSqlite() : ClockRunContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class ClockRunsOnSqlServer() : ClockRunContract(DatabaseProvider.SqlServer);

public abstract class ClockRunContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Contract]
    public async Task A_job_has_one_row_of_its_last_run()
    {
        await RecordAsync("send-digest", null);
        Clock.Advance(s_minute);
        await RecordAsync("send-digest", null);
        await RecordAsync("count-answers", null);

        var runs = await ReadAsync(ClockRunStore.ListAsync);

        Assert.Equal(["count-answers", "send-digest"], runs.Select(r => r.Name));
        Assert.Equal((Now, Now, Now + s_minute), (runs[1].BeganAt, runs[1].EndedAt, runs[1].NextAt));
        Assert.Null(runs[1].FailedAt);
    }

    [Contract]
    public async Task The_last_failure_stays_until_the_next_one()
    {
        await RecordAsync("send-digest", "TimeoutException");
        var failed = Now;
        Clock.Advance(s_minute);
        await RecordAsync("send-digest", null);

        var run = Assert.Single(await ReadAsync(ClockRunStore.ListAsync));
        Assert.Equal((failed, "TimeoutException", Now), (run.FailedAt, run.Failure, run.EndedAt));

        await RecordAsync("send-digest", new string('x', 300));
        run = Assert.Single(await ReadAsync(ClockRunStore.ListAsync));
        Assert.Equal((Now, new string('x', 100)), (run.FailedAt, run.Failure));
    }

    private Task RecordAsync(string name, string? failure) => WriteAsync(tx => ClockRunStore.RecordAsync(tx, new ClockRun
    {
        Name = name, BeganAt = Now, EndedAt = Now, NextAt = Now + s_minute, FailedAt = failure is null ? null : Now, Failure = failure,
    }));
}
