using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Deploy;

/// <summary>Each check of the files in <c>deploy</c> can fail.</summary>
public sealed class TheDeployChecksNotice
{
    [Fact]
    public void A_setting_there_is_not() => Assert.Equal(
        ["x has Mail__Hots, which is not a setting."],
        DeployChecks.UnknownSettings(new("x", "Mail__Hots: a, Mail__Host: b, Logging__LogLevel: c"), ["Mail:Host"]));

    [Fact]
    public void A_path_where_nothing_answers() => Assert.Equal(
        ["x has /health/redy, where nothing answers."], DeployChecks.UnknownHealthPaths(new("x", "/health/redy /health/ready"), ["/health/ready"]));

    [Theory]
    [InlineData("serv", "x runs 'serv', which is not a command.")]
    [InlineData("serve --role web", "x gives --role, which is not an option.")]
    [InlineData("serve --roles webb", "x names a role there is not.")]
    [InlineData("serve --roles", "x names a role there is not.")]
    public void A_command_an_option_or_a_role_there_is_not(string typed, string said) =>
        Assert.Equal([said], DeployChecks.UnknownCommands("x", typed.Split(' '), ["serve", "--roles"]));

    [Fact]
    public void A_series_or_a_label_that_is_not_reported() => Assert.Equal(
        ["x asks for inquiryrouter_mail_total, which is not reported.", "x asks for status of inquiryrouter_mails_total, which has no such label."],
        DeployChecks.UnknownSeries(
            new SourceFile("x", """inquiryrouter_mail_total + inquiryrouter_mails_total{status=\"a\"} + inquiryrouter_mails_total{state="a"}"""),
            [new(["inquiryrouter_mails_total"], new HashSet<string>(["state"]))]));

    [Theory]
    [InlineData("a.b", "Counter", "{mail}", "a_b_total")]
    [InlineData("a.b_c", "Gauge", "s", "a_b_c_seconds")]
    [InlineData("a.b", "Histogram", "s", "a_b_seconds_bucket a_b_seconds_sum a_b_seconds_count")]
    public void Names_are_those_of_the_exporter(string name, string kind, string unit, string expected) =>
        Assert.Equal(expected.Split(' '), DeployChecks.PrometheusNames(name, kind, unit));

    [Fact]
    public void A_key_that_stands_there_twice() =>
        Assert.ThrowsAny<YamlDotNet.Core.YamlException>(() => DeployFiles.Yaml("a: 1\nb: 2\na: 3\n"));
}
