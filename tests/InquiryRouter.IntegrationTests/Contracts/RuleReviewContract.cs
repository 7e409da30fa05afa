using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class RuleReviewOnSqlite() : RuleReviewContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class RuleReviewOnSqlServer() : RuleReviewContract(DatabaseProvider.SqlServer);

public abstract class RuleReviewContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task The_newest_review_of_each_row_of_a_file_counts()
    {
        await AddAsync("conditions", "aa", true, "Ana");
        await AddAsync("conditions", "bb", true, "Ana");
        await AddAsync("treatments", "aa", true, "Eva");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync("conditions", "aa", false, "Ben");

        var reviews = await ReadAsync(s => RuleReviewStore.NewestAsync(s, "conditions"));
        Assert.Equal(["aa", "bb"], reviews.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((false, "Ben", Now, "why"), (reviews["aa"].Reviewed, reviews["aa"].Name, reviews["aa"].At, reviews["aa"].Remark));
        Assert.Empty(await ReadAsync(s => RuleReviewStore.NewestAsync(s, "countries")));
    }

    private Task AddAsync(string file, string row, bool reviewed, string name) => WriteAsync(tx => RuleReviewStore.AddAsync(tx, new RuleReview
    {
        FileName = file, RowHash = row, Reviewed = reviewed, By = UserId.New(), Name = name, Remark = "why",
    }));
}
