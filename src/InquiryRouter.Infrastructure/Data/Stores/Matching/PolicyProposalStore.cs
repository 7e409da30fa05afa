using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>Where a proposed policy stands.</summary>
public enum ProposalState
{
    /// <summary>It waits for a second person.</summary>
    Open,

    /// <summary>It was put in force.</summary>
    Activated,

    /// <summary>Nobody wants it any more.</summary>
    Withdrawn,
}

/// <summary>A policy that one person proposes; another one puts it in force.</summary>
public sealed record PolicyProposal
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As a policy file.</summary>
    public required string Body { get; init; }

    /// <summary>The version that was in force when it was written.</summary>
    public required int BasedOn { get; init; }

    public required UserId Author { get; init; }

    public required string AuthorName { get; init; }

    /// <summary>Why, for who decides; may be empty.</summary>
    public required string Remark { get; init; }

    public DateTimeOffset At { get; init; }

    public ProposalState State { get; init; }

    /// <summary>Who put it in force or withdrew it, by name; null: nobody yet.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>How far a trial of a policy is.</summary>
public enum TrialState
{
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <summary>Past decisions made again under a proposed policy.</summary>
public sealed record PolicyTrialRow
{
    public required Guid Id { get; init; }

    public required Guid ProposalId { get; init; }

    /// <summary>Decisions from this moment on.</summary>
    public required DateTimeOffset Since { get; init; }

    public required string StartedBy { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said how far it is: a process that ended in the middle says nothing more.</summary>
    public DateTimeOffset BeatAt { get; init; }

    /// <summary>Decisions made again so far.</summary>
    public int Looked { get; init; }

    /// <summary>How much of all that is, in per cent.</summary>
    public int Share { get; init; }

    public TrialState State { get; init; }

    /// <summary>What it came to, as JSON; null: it is not done.</summary>
    public string? Result { get; init; }
}

/// <summary>Proposed policies, and what they would have done.</summary>
public static class PolicyProposalStore
{
    private const string Columns = "Id, Name, Body, BasedOn, AuthorId, AuthorName, Remark, At, State, DecidedBy, DecidedAt";

    private static readonly TimeSpan s_trialsKept = TimeSpan.FromDays(180);

    private const string TrialColumns = "Id, ProposalId, Since, StartedBy, StartedAt, BeatAt, Looked, Share, State, Result";

    public static Task AddAsync(Tx tx, PolicyProposal proposal) => tx.ExecuteAsync(
        """
        INSERT INTO PolicyProposal (Id, Name, Body, BasedOn, AuthorId, AuthorName, Remark, At, State)
        VALUES (@Id, @Name, @Body, @BasedOn, @AuthorId, @AuthorName, @Remark, @Now, 'Open')
        """,
        new
        {
            proposal.Id, proposal.Name, proposal.Body, proposal.BasedOn, AuthorId = proposal.Author.Value, proposal.AuthorName, proposal.Remark, tx.Now,
        });

    public static async Task<PolicyProposal?> FindAsync(Session session, Guid id) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM PolicyProposal WHERE Id = @id", new { id }))?.ToProposal();

    /// <summary>The newest ones, whatever became of them.</summary>
    public static async Task<IReadOnlyList<PolicyProposal>> NewestAsync(Session session, int take) =>
        [.. (await session.QueryAsync<Row>(session.Dialect.First(Columns, "FROM PolicyProposal ORDER BY Seq DESC"), new { take }))
            .Select(r => r.ToProposal())];

    /// <summary>Those that wait for a second person, oldest first.</summary>
    public static async Task<IReadOnlyList<PolicyProposal>> OpenAsync(Session session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM PolicyProposal WHERE State = 'Open' ORDER BY Seq")).Select(r => r.ToProposal())];

    /// <summary>It waits no longer.</summary>
    /// <exception cref="ConflictException">Somebody else was first.</exception>
    public static async Task DecideAsync(Tx tx, Guid id, ProposalState state, string by)
    {
        if (await tx.ExecuteAsync(
            "UPDATE PolicyProposal SET State = @state, DecidedBy = @by, DecidedAt = @Now WHERE Id = @id AND State = 'Open'",
            new { id, state = state.ToString(), by, tx.Now }) == 0)
        {
            throw new ConflictException($"Proposal {id} is open no more.");
        }
    }

    /// <summary>Whoever starts a trial of it in this moment comes after: of two starts the second finds the first.</summary>
    public static Task HoldAsync(Tx tx, Guid id) => tx.ExecuteAsync("UPDATE PolicyProposal SET State = State WHERE Id = @id", new { id });

    /// <summary>Begins one in place of any that has fallen silent, and forgets those that are old.</summary>
    public static async Task StartTrialAsync(Tx tx, PolicyTrialRow trial)
    {
        await tx.ExecuteAsync("DELETE FROM PolicyTrial WHERE StartedAt < @before", new { before = tx.Now - s_trialsKept });
        await tx.ExecuteAsync("UPDATE PolicyTrial SET State = 'Failed' WHERE ProposalId = @ProposalId AND State = 'Running'",
            new { trial.ProposalId });
        await tx.ExecuteAsync(
            """
            INSERT INTO PolicyTrial (Id, ProposalId, Since, StartedBy, StartedAt, BeatAt, Looked, Share, State)
            VALUES (@Id, @ProposalId, @Since, @StartedBy, @Now, @Now, 0, 0, 'Running')
            """,
            new { trial.Id, trial.ProposalId, trial.Since, trial.StartedBy, tx.Now });
    }

    /// <summary>Says how far it is; false: somebody has cancelled it.</summary>
    public static async Task<bool> BeatAsync(Tx tx, Guid id, int looked, int share) => await tx.ExecuteAsync(
        "UPDATE PolicyTrial SET BeatAt = @Now, Looked = @looked, Share = @share WHERE Id = @id AND State = 'Running'",
        new { id, looked, share, tx.Now }) > 0;

    /// <summary>It runs no longer; false: it did not.</summary>
    public static async Task<bool> EndTrialAsync(Tx tx, Guid id, TrialState state, int? looked = null, string? result = null) => await tx.ExecuteAsync(
        """
        UPDATE PolicyTrial SET State = @state, BeatAt = @Now, Looked = COALESCE(@looked, Looked), Result = @result,
            Share = CASE WHEN @state = 'Done' THEN 100 ELSE Share END
        WHERE Id = @id AND State = 'Running'
        """,
        new { id, state = state.ToString(), looked, result, tx.Now }) > 0;

    /// <summary>The newest trials of a proposal.</summary>
    public static async Task<IReadOnlyList<PolicyTrialRow>> TrialsAsync(Session session, Guid proposalId, int take) =>
        [.. await session.QueryAsync<PolicyTrialRow>(
            session.Dialect.First(TrialColumns, "FROM PolicyTrial WHERE ProposalId = @proposalId ORDER BY Seq DESC"), new { proposalId, take })];

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = string.Empty;

        public string Body { get; init; } = string.Empty;

        public int BasedOn { get; init; }

        public Guid AuthorId { get; init; }

        public string AuthorName { get; init; } = string.Empty;

        public string Remark { get; init; } = string.Empty;

        public DateTimeOffset At { get; init; }

        public ProposalState State { get; init; }

        public string? DecidedBy { get; init; }

        public DateTimeOffset? DecidedAt { get; init; }

        public PolicyProposal ToProposal() => new()
        {
            Id = Id, Name = Name, Body = Body, BasedOn = BasedOn, Author = new UserId(AuthorId), AuthorName = AuthorName, Remark = Remark, At = At,
            State = State, DecidedBy = DecidedBy, DecidedAt = DecidedAt,
        };
    }
}
