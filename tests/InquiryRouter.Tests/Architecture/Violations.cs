using System.Data.Common;
using Dapper;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Settings;
using MailKit.Net.Smtp;
using MassTransit;
using Quartz;
using RabbitMQ.Client;

// What the product must never do, once for each rule, in namespaces of the product: it shows that each rule can fail. Most of it stands in the
// bodies of asynchronous methods, where the compiler moves it into types of its own.

namespace InquiryRouter.Core.DeliberateViolation
{
    internal static class KnowsInfrastructure
    {
        public static DateTimeOffset Now(Database database) => database.Clock.GetUtcNow();
    }
}

namespace InquiryRouter.Infrastructure.DeliberateViolation
{
    internal static class KnowsTheExecutable
    {
        public static string Urls() => SettingsLoader.DefaultUrls.Length > 0 ? ToString(Roles.Both) : string.Empty;

        private static string ToString(Roles roles) => roles.ToString();
    }
}

namespace InquiryRouter.Application.DeliberateViolation
{
    internal static class KnowsWeb
    {
        public static int BodyLimit(Web.Intake.IntakeOptions options) => options.PermitsPerMinute;
    }
}

namespace InquiryRouter.Infrastructure.DeliberateCircle.Keys
{
    internal sealed record Key(Mail.Letter? Opens);
}

namespace InquiryRouter.Infrastructure.DeliberateCircle.Mail
{
    internal sealed record Letter(Stores.Row? Stored);
}

namespace InquiryRouter.Infrastructure.DeliberateCircle.Stores
{
    internal sealed record Row(Keys.Key? Sealed);
}

namespace InquiryRouter.Web.DeliberateViolation
{
    internal static class WritesByItself
    {
        public static async Task<int> DeleteAsync(Database database) => await database.WriteAsync(async tx => await tx.ExecuteAsync("DELETE FROM Note"));
    }

    internal static class KnowsWorker
    {
        public static int Stages() => Worker.Pipeline.Stages.Count;
    }

    internal static class MailsByItself
    {
        public static async Task SendAsync(string host)
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(host);
        }
    }
}

namespace InquiryRouter.Worker.DeliberateViolation
{
    internal static class KnowsWeb
    {
        public static int BodyLimit(Web.Intake.IntakeOptions options) => options.PermitsPerMinute;
    }

    internal static class AsksByItself
    {
        public static async Task<int> CountAsync(DbConnection connection)
        {
            Func<Task<int>> ask = async () => await connection.ExecuteAsync("SELECT 1");
            return await ask();
        }
    }

    internal static class SchedulesByItself
    {
        public static async Task StartAsync(ISchedulerFactory factory) => await (await factory.GetScheduler()).Start();
    }

    internal static class PublishesByItself
    {
        public static async Task PublishAsync(IBus bus, object message) => await bus.Publish(message);
    }

    internal static class ConnectsByItself
    {
        public static async Task ConnectAsync() => await new ConnectionFactory().CreateConnectionAsync();
    }
}
