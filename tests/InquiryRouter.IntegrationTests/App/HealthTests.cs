using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What the program says of itself to programs that watch it.</summary>
public sealed class HealthTests : AppTests
{
    protected override bool ReckonsWork => false;

    [Fact]
    public async Task It_says_what_waits_and_since_when()
    {
        var held = An.Inquiry().WithoutConsentToShare();
        await App.ReachesAsync((await App.SubmitAsync(held)).Reference, InquiryState.Held);
        await App.SettlesAsync();
        await App.Database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync("UPDATE Outbox SET State = 2 WHERE Seq = 1");
            await tx.ExecuteAsync("UPDATE Mail SET State = 4 WHERE Seq = 1");
        });
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Work SET Urgent = 1"));
        var since = Moments.ToMilliseconds(await MomentAsync("SELECT ChangedAt FROM Inquiry"));
        App.Clock.Advance(TimeSpan.FromSeconds(90));

        var ready = await ReadyAsync();

        Assert.Equal(1, ready.GetProperty("held").GetProperty("waiting").GetInt32());
        Assert.Equal(since, ready.GetProperty("held").GetProperty("since").GetDateTimeOffset());
        Assert.Equal(1, ready.GetProperty("urgent").GetProperty("waiting").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, ready.GetProperty("urgent").GetProperty("since").ValueKind);
        foreach (var name in new[] { "outbox", "mails" })
        {
            Assert.Equal(0, ready.GetProperty(name).GetProperty("waiting").GetInt32());
            Assert.Equal(1, ready.GetProperty(name).GetProperty("parked").GetInt32());
            Assert.NotEqual(JsonValueKind.Null, ready.GetProperty(name).GetProperty("parkedSince").ValueKind);
        }

        Assert.True(ready.GetProperty("bus").GetProperty("consumes").GetBoolean());
        Assert.Empty(ready.GetProperty("degraded").EnumerateArray());
        Assert.DoesNotContain(held.Name, ready.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(held.Email, ready.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_within_the_same_second_has_the_same_answer()
    {
        Assert.Equal(0, (await ReadyAsync()).GetProperty("held").GetProperty("waiting").GetInt32());
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry().WithoutConsentToShare())).Reference, InquiryState.Held);
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await ReadyAsync()).GetProperty("held").GetProperty("waiting").GetInt32());

        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET State = 'Closed'"));

        Assert.Equal(1, (await ReadyAsync()).GetProperty("held").GetProperty("waiting").GetInt32());
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await ReadyAsync()).GetProperty("held").GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_mail_server_that_is_away_is_named_and_inquiries_are_taken_all_the_same()
    {
        // Bound and not listening: who connects is refused.
        using var away = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        away.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1")
            .With("Mail:Port", $"{((IPEndPoint)away.LocalEndPoint!).Port}").With("Mail:Security", "None"));
        await app.SubmitAsync(An.Inquiry());

        JsonElement ready = default;
        await app.Clock.UntilAsync(
            async () => (ready = await ReadyAsync(app)).GetProperty("degraded").EnumerateArray().Any(d => d.GetString() == "mail-server")
                && ready.GetProperty("mails").GetProperty("waiting").GetInt32() > 0,
            () => "it is named, and the mail is counted");

        Assert.False(ready.GetProperty("mailServer").GetProperty("usable").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, ready.GetProperty("mailServer").GetProperty("since").ValueKind);
        Assert.False(string.IsNullOrEmpty(ready.GetProperty("mailServer").GetProperty("code").GetString()));
    }

    private Task<JsonElement> ReadyAsync() => ReadyAsync(App);

    private static async Task<JsonElement> ReadyAsync(InquiryApp app)
    {
        using var answer = await app.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("ready", json.RootElement.GetProperty("status").GetString());
        return json.RootElement.Clone();
    }

    private Task<DateTimeOffset> MomentAsync(string sql) => App.Database.ReadAsync(s => s.QuerySingleOrDefaultAsync<DateTimeOffset>(sql));
}
