using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using InquiryRouter.Infrastructure.Data.SqlServer;

namespace InquiryRouter.Tests.Sql;

/// <summary>A connection breaks in the middle of a unit of work: rolling back on it fails as well.</summary>
public sealed class SqlServerFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NotSupportedException))]
    public async Task The_cause_is_thrown_and_not_what_rolling_back_says(Type whenRolledBack)
    {
        await using var connection = new Connection(new Transaction { OnDispose = (Exception)Activator.CreateInstance(whenRolledBack)! });

        var thrown = await Assert.ThrowsAsync<TimeoutException>(
            () => SqlServerDatabase.CommitAsync<int>(connection, _ => throw new TimeoutException("the cause"), Cancellation));

        Assert.Equal("the cause", thrown.Message);
    }

    [Fact]
    public async Task A_commit_that_fails_is_thrown_as_it_is()
    {
        await using var connection = new Connection(new Transaction { OnCommit = new TimeoutException("the commit"), OnDispose = new InvalidOperationException() });

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => SqlServerDatabase.CommitAsync(connection, _ => Task.FromResult(1), Cancellation));

        Assert.Equal("the commit", thrown.Message);
    }

    [Fact]
    public async Task What_fails_is_rolled_back_and_what_does_not_is_committed()
    {
        var failed = new Transaction();
        await using var first = new Connection(failed);
        await Assert.ThrowsAsync<TimeoutException>(() => SqlServerDatabase.CommitAsync<int>(first, _ => throw new TimeoutException(), Cancellation));
        var done = new Transaction();
        await using var second = new Connection(done);

        Assert.Equal(1, await SqlServerDatabase.CommitAsync(second, _ => Task.FromResult(1), Cancellation));

        Assert.Equal((0, 1), (failed.Commits, failed.Disposals));
        Assert.Equal(1, done.Commits);
    }

    private sealed class Transaction : DbTransaction
    {
        public Exception? OnCommit { get; init; }

        public Exception? OnDispose { get; init; }

        public int Commits { get; private set; }

        public int Disposals { get; private set; }

        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
            Commits++;
            if (OnCommit is not null)
            {
                throw OnCommit;
            }
        }

        public override void Rollback()
        {
        }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
            if (OnDispose is not null)
            {
                throw OnDispose;
            }
        }
    }

    private sealed class Connection(DbTransaction transaction) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get; set; } = string.Empty;

        public override string Database => string.Empty;

        public override string DataSource => string.Empty;

        public override string ServerVersion => string.Empty;

        public override ConnectionState State => ConnectionState.Open;

        public override void Open()
        {
        }

        public override void Close()
        {
        }

        public override void ChangeDatabase(string databaseName)
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => transaction;

        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }
}
