using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Passkeys as a server sees them, with an authenticator in software; in a browser they are tried in <c>BrowserTests</c>.</summary>
public sealed class PasskeyTests
{
    private const string SignIn = "/console/sign-in/passkey";
    private const string Add = "/console/account/passkeys";
    private const string Proof = "/console/account/proof/passkey";

    [Fact]
    public async Task A_passkey_is_added_and_signs_in_alone()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var elsewhere = ana.Elsewhere();
        await elsewhere.SignInAsync();
        using var key = NewKey(app);

        Assert.Equal(HttpStatusCode.SeeOther, (await AddAsync(ana, key, "My laptop")).Status);
        Assert.Equal("required", key.Asked!["authenticatorSelection"]!["residentKey"]!.GetValue<string>());
        Assert.Equal("localhost", key.Asked["rp"]!["id"]!.GetValue<string>());
        Assert.Contains("My laptop", (await ana.GetAsync("/console/account")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/console")).Status);

        key.Count++;
        var signedIn = await SignInAsync(elsewhere, key, to: "/console/account");
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/console/account"), (signedIn.Status, signedIn.Response.Headers.Location!.OriginalString));
        Assert.Empty(key.Asked["allowCredentials"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/console")).Status);
        Assert.Equal("passkey", (await LinesAsync(app)).Last(l => l.Action == "signed-in").Detail!.Split(' ')[1]);
    }

    [Fact]
    public async Task One_that_verifies_nobody_is_one_factor_and_the_password_is_asked_as_well()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        key.Verifies = false;
        await AddAsync(ana, key);
        using var there = ana.Elsewhere();

        key.Count++;
        var half = await SignInAsync(there, key);
        Assert.Equal((HttpStatusCode.OK, "Your password as well"), (half.Status, half.Headline));
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/console")).Status);
        var wrong = await PasswordAsync(there, "something else entirely");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Your password as well"), (wrong.Status, wrong.Headline));
        Assert.Equal(HttpStatusCode.SeeOther, (await PasswordAsync(there, ConsoleBrowser.Password)).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/console")).Status);

        // Nothing of it is left, and a password alone never was enough.
        using var another = ana.Elsewhere();
        Assert.Equal("Sign in", (await PasswordAsync(another, ConsoleBrowser.Password)).Headline);
        Assert.Equal("passkey,password", (await LinesAsync(app)).Last(l => l.Action == "signed-in").Detail!.Split(' ')[1]);
    }

    [Fact]
    public async Task A_question_is_answered_once_within_five_minutes_and_in_the_browser_that_was_asked()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        using var there = ana.Elsewhere();

        var answer = key.Answer(await AskAsync(there, SignIn));
        app.Clock.Advance(SignInRules.ChallengeLifetime);
        AssertExpired(await SendAsync(there, answer));

        key.Count++;
        answer = key.Answer(await AskAsync(there, SignIn));
        using var thief = ana.Elsewhere();
        await AskAsync(thief, SignIn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(thief, answer)).Status);
        using var without = ana.Elsewhere();
        AssertExpired(await SendAsync(without, answer));
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(there, answer)).Status);
        AssertExpired(await SendAsync(there, answer));

        answer = key.Make(await AskAsync(there, Add));
        app.Clock.Advance(SignInRules.ChallengeLifetime);
        AssertExpired(await there.PostAsync(Add, new() { ["credential"] = answer }));
    }

    [Fact]
    public async Task A_count_that_goes_back_is_refused_put_on_record_and_told()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        using var there = ana.Elsewhere();
        key.Count = 7;
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(there, key)).Status);

        using var copy = ana.Elsewhere();
        foreach (var count in new uint[] { 7, 3, 0 })
        {
            key.Count = count;
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(copy, key)).Status);
        }

        Assert.Equal(3, (await LinesAsync(app)).Count(l => l.Action == "sign-in-refused" && l.Detail!.Split(' ')[1] == "passkey-count"));
        await app.SettlesAsync();
        Assert.Equal(3, app.MailsTo(ana.Mail).Count(m => m.TextBody!.Contains("there may be a copy of it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_counts_nothing_signs_in_again_and_again()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        key.Count = 0;
        await AddAsync(ana, key);

        for (var i = 0; i < 3; i++)
        {
            using var there = ana.Elsewhere();
            Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(there, key)).Status);
        }
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("another port")]
    [InlineData("a frame of another site")]
    [InlineData("another domain")]
    [InlineData("a forged signature")]
    [InlineData("somebody else's key")]
    [InlineData("no json")]
    [InlineData("json of something else")]
    [InlineData("nothing")]
    [InlineData("very much")]
    public async Task What_is_not_right_is_refused_in_one_sentence_and_put_on_record(string what)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        key.Count++;
        using var there = ana.Elsewhere();
        using var unknown = NewKey(app);
        key.Origin = what switch
        {
            "another origin" => "https://evil.example", "another port" => "http://localhost:1", _ => key.Origin,
        };
        key.IsCrossOrigin = what == "a frame of another site";
        key.Domain = what == "another domain" ? "evil.example" : key.Domain;
        key.Forges = what == "a forged signature";
        var question = await AskAsync(there, SignIn);

        var answer = await SendAsync(there, what switch
        {
            "somebody else's key" => unknown.Answer(question), "no json" => "{",
            "json of something else" => "{\"id\":5,\"response\":[]}",
            "nothing" => string.Empty, "very much" => new string('x', 60_000), _ => key.Answer(question),
        });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Sign in"), (answer.Status, answer.Headline));
        Assert.Contains("does not sign in here", answer.Text, StringComparison.Ordinal);
        Assert.Equal("nobody passkey", (await LinesAsync(app))[^1].Detail);
        key.Forges = key.IsCrossOrigin = false;
        (key.Origin, key.Domain) = (OriginOf(app), "localhost");
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(there, key)).Status);
    }

    [Fact]
    public async Task An_answer_to_one_question_is_none_to_another()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        key.Count++;

        AssertExpired(await SendAsync(ana, key.Answer(await AskAsync(ana, Proof))));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await ana.PostAsync(Proof, new() { ["credential"] = key.Answer(await AskAsync(ana, SignIn)) })).Status);
        AssertExpired(await PasswordAsync(ana, ConsoleBrowser.Password, await AskAsync(ana, SignIn)));
    }

    [Fact]
    public async Task Whoever_is_disabled_or_asked_for_a_new_password_is_refused_with_a_passkey_too()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        var manage = app.Services.GetRequiredService<ManageUsers>();
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;
        using var there = ana.Elsewhere();

        await manage.DisableAsync(user.Id, null, s_test, CancellationToken.None);
        key.Count++;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(there, key)).Status);
        await manage.EnableAsync(user.Id, null, s_test, CancellationToken.None);
        key.Count++;
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(there, key)).Status);

        await app.Services.GetRequiredService<InviteUsers>().AgainAsync(ana.Mail, factorsToo: false, s_test, CancellationToken.None);
        key.Count++;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(there, key)).Status);
        Assert.Equal(2, (await LinesAsync(app)).Count(l => l.Detail == $"{user.Id} not-ready"));
        await app.Services.GetRequiredService<InviteUsers>().AgainAsync(ana.Mail, factorsToo: true, s_test, CancellationToken.None);
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM UserPasskey"));
    }

    [Fact]
    public async Task Wrong_passwords_of_others_never_keep_a_passkey_out()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        using var stranger = ana.Elsewhere();
        for (var i = 0; i < SignInRules.MostFailures; i++)
        {
            await stranger.SignInAsync(password: $"guess number {i} of many");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync()).Status);
        key.Count++;
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(stranger, key)).Status);
    }

    [Fact]
    public async Task An_address_that_only_asks_is_stopped()
    {
        await using var app = await InquiryApp.StartAsync();
        using var stranger = new ConsoleBrowser(app);
        for (var i = 0; i < SignInRules.MostFailuresOfAddress; i++)
        {
            await AskAsync(stranger, SignIn);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.PostAsync(SignIn + "/question")).Status);
        app.Clock.Advance(SignInRules.FailureWindow);
        await AskAsync(stranger, SignIn);
    }

    [Fact]
    public async Task One_is_removed_and_nobody_elses()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var bea = await ConsoleBrowser.SignedInAsync(app, UserRoles.Manager);
        using var key = NewKey(app);
        await AddAsync(ana, key);
        var id = (await ana.GetAsync("/console/account")).Hidden("passkey")!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bea.PostAsync(Add + "/remove", new() { ["passkey"] = id })).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(Add + "/remove", new() { ["passkey"] = id })).Status);
        Assert.Null((await ana.GetAsync("/console/account")).Hidden("passkey"));
        key.Count++;
        using var there = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(there, key)).Status);
        Assert.Equal(
            ["passkey-added", "passkey-removed"],
            (await LinesAsync(app)).Where(l => l.Action == "factor-changed").Select(l => l.Detail!.Split(' ')[1])
                .Where(d => d.StartsWith("passkey", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_device_is_not_added_twice_nor_for_two_people()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var bea = await ConsoleBrowser.SignedInAsync(app, UserRoles.Manager);
        using var key = NewKey(app);
        await AddAsync(ana, key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(bea, key)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(ana, key)).Status);
        Assert.Single(key.Asked!["excludeCredentials"]!.AsArray());
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM UserPasskey"));
    }

    [Fact]
    public async Task A_passkey_shown_again_opens_what_matters_most()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var bea = await ConsoleBrowser.SignedInAsync(app, UserRoles.Manager);
        using var key = NewKey(app);
        using var beas = NewKey(app);
        await AddAsync(ana, key);
        await AddAsync(bea, beas);
        app.Clock.Advance(SignInRules.FreshProof);
        var before = ana.Cookies.Single(c => c.Name == "console").Value;
        Assert.Equal(HttpStatusCode.Forbidden, (await ana.PostAsync(Add + "/question")).Status);
        Assert.Contains("Use a passkey", (await ana.GetAsync("/console/account/proof")).Text, StringComparison.Ordinal);

        beas.Count++;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ProveAsync(ana, beas)).Status);
        key.Count++;
        Assert.Equal(HttpStatusCode.SeeOther, (await ProveAsync(ana, key)).Status);
        Assert.NotEqual(before, ana.Cookies.Single(c => c.Name == "console").Value);
        await AskAsync(ana, Add);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ProveAsync(ana, key)).Status);
    }

    [Fact]
    public async Task Where_the_public_address_is_a_number_there_are_none_and_the_page_says_so()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Mail:PublicUrl", "https://192.0.2.7"));
        using var ana = new ConsoleBrowser(app);

        Assert.Equal(HttpStatusCode.NotFound, (await ana.PostAsync(SignIn + "/question")).Status);
        Assert.DoesNotContain("passkey", (await ana.GetAsync("/console/sign-in")).Text, StringComparison.OrdinalIgnoreCase);
    }

    private static readonly Actor s_test = Actor.Coordinator("test");

    private static string OriginOf(InquiryApp app) => app.Settings.Urls.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private static SoftKey NewKey(InquiryApp app) => new(OriginOf(app));

    private static async Task<string> AskAsync(ConsoleBrowser who, string path)
    {
        var question = await who.PostAsync(path + "/question");
        Assert.Equal(HttpStatusCode.OK, question.Status);
        return question.Html;
    }

    private static async Task<Page> AddAsync(ConsoleBrowser who, SoftKey key, string? name = null) =>
        await who.PostAsync(Add, new() { ["credential"] = key.Make(await AskAsync(who, Add)), ["name"] = name ?? string.Empty });

    private static Task<Page> SendAsync(ConsoleBrowser who, string answer, string to = "/console") =>
        who.PostAsync(SignIn, new() { ["credential"] = answer, ["to"] = to });

    private static async Task<Page> SignInAsync(ConsoleBrowser who, SoftKey key, string to = "/console") =>
        await SendAsync(who, key.Answer(await AskAsync(who, SignIn)), to);

    private static async Task<Page> ProveAsync(ConsoleBrowser who, SoftKey key) =>
        await who.PostAsync(Proof, new() { ["credential"] = key.Answer(await AskAsync(who, Proof)), ["to"] = "/console/account" });

    private static Task<Page> PasswordAsync(ConsoleBrowser who, string password, string? asked = null) =>
        who.PostAsync(SignIn + "/password", new() { ["password"] = password, ["to"] = asked is null ? "/console" : "/console/account" });

    private static void AssertExpired(Page page)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("longer than five minutes", page.Text, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<AuditEntry>> LinesAsync(InquiryApp app) =>
        app.Database.ReadAsync(async session => (IReadOnlyList<AuditEntry>)
            [.. (await SystemAuditStore.NewestAsync(session, null, null, 200)).Reverse()]);
}
