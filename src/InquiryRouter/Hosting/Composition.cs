using InquiryRouter.Application;
using InquiryRouter.Application.Mail;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Users.Passkeys;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.SqlServer;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Settings;
using InquiryRouter.Web;
using InquiryRouter.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InquiryRouter.Hosting;

/// <summary>What each role needs, put together in one place.</summary>
public static class Composition
{
    public static Migrator CreateMigrator(AppSettings settings) =>
        new(settings.Database.Provider, settings.ConnectionString, TimeProvider.System);

    /// <param name="settings">Where the keys are.</param>
    /// <param name="onlyLooks">Also where one may be made, none is.</param>
    /// <exception cref="CannotStartException">There is no usable key; none was made where one is missing.</exception>
    public static MasterKeyRing LoadMasterKeys(AppSettings settings, bool onlyLooks = false)
    {
        var file = settings.Data.MasterKeyFile;
        var mayCreate = settings.Database.Provider == DatabaseProvider.Sqlite;
        return LacksMasterKey(settings) && mayCreate && InstallationKeys.AreInUse(settings.ConnectionString)
            ? throw new CannotStartException(
                $"The master key file '{file}' is missing, and this database was written with it: without it nothing about a patient can be read. Put it back from your backup, or set Privacy:MasterKey or Privacy:MasterKeyFile to the same key. No new one was made.")
            : MasterKeyRing.Load(settings.Privacy, file, mayCreate && !onlyLooks);
    }

    /// <summary>No setting names a key, and there is none where it would be made.</summary>
    public static bool LacksMasterKey(AppSettings settings) => string.IsNullOrWhiteSpace(settings.Privacy.MasterKey)
        && settings.Privacy.MasterKeyFile is null && !File.Exists(settings.Data.MasterKeyFile);

    /// <summary>Data, keys and reference data: what every command and both roles use.</summary>
    public static IServiceCollection AddFoundation(this IServiceCollection services, AppSettings settings, MasterKeyRing masterKeys)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<CommitSignals>();
        services.TryAddSingleton<Database>(provider => settings.Database.Provider == DatabaseProvider.Sqlite
            ? new SqliteDatabase(
                settings.ConnectionString, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CommitSignals>(),
                provider.GetRequiredService<ILogger<SqliteDatabase>>())
            : new SqlServerDatabase(
                settings.ConnectionString, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CommitSignals>(),
                provider.GetRequiredService<ILogger<SqlServerDatabase>>()));
        services.AddSingleton<SecurityLog>();
        services.AddCoordination();
        services.AddUsers();
        services.AddSingleton<RulesCache>();
        services.AddSingleton(provider => new NetworkCache(provider.GetRequiredService<Database>(), provider.GetRequiredService<RulesCache>().RulesAsync));
        services.AddSingleton(masterKeys);
        services.AddSingleton<PatientVault>();
        services.AddSingleton<ExportPatient>();
        services.AddSingleton(provider => new ErasureRemains(
            provider.GetRequiredService<Database>(), settings.Data.MailDirectory, provider.GetRequiredService<ErasureLedger>(),
            provider.GetRequiredService<ILogger<ErasureRemains>>()));
        services.AddSingleton(LedgerOf(settings));
        services.AddSingleton<EraseInquiry>();
        services.AddSingleton(settings.Privacy);
        services.AddSingleton<EraseExpired>();
        services.AddSingleton(provider => InstallationKeys.LoadHashAsync(provider.GetRequiredService<Database>(), masterKeys, CancellationToken.None).GetAwaiter().GetResult());

        // Those in force when the process starts: choices of the form and words of an emergency change with a restart.
        services.AddSingleton(provider => LoadReferenceFiles(provider.GetRequiredService<Database>()));
        services.AddSingleton(provider => ReferenceDataFiles.LoadLists(provider.GetRequiredService<ReferenceFiles>()));
        services.AddSingleton(provider => ReferenceDataFiles.LoadRules(provider.GetRequiredService<ReferenceFiles>()));
        services.AddSingleton(provider => ReferenceDataFiles.LoadScreener(provider.GetRequiredService<ReferenceFiles>()));
        services.AddSingleton(provider => ReferenceDataFiles.LoadEmergencyLines(provider.GetRequiredService<ReferenceFiles>()));
        services.AddSingleton(provider => ReferenceDataFiles.LoadTreatmentFacts(provider.GetRequiredService<ReferenceFiles>()));
        services.AddSingleton(new ScreeningPolicy { SpamThreshold = settings.Screening.SpamThreshold, DuplicateWindow = TimeSpan.FromDays(settings.Screening.DuplicateWindowDays) });
        services.AddSingleton<IFieldRules, FieldRules>();
        services.AddSingleton<InquiryValidator>();
        services.AddSingleton<AnonymousText>();
        services.AddSingleton<MatchIndexCache>();
        services.AddSingleton<LoadCache>();
        services.AddSingleton<ClinicFiguresCache>();
        services.AddSingleton(provider => new PolicyCache(provider.GetRequiredService<Database>(), ShippedPolicy(settings.Referral)));
        services.AddSingleton(settings.Mail);
        services.AddSingleton(settings.Facilitator);
        services.AddSingleton(settings.Face);
        services.AddSingleton(settings.Provider);
        services.AddSingleton(new PasskeySite(settings.PublicUrl));
        services.AddSingleton(new DigestZone(settings.Console.TimeZone));
        services.AddSingleton(new MailLinks(settings.PublicUrl, settings.Mail.CoordinatorAddress));
        services.AddSingleton<LanguageSet>();
        services.AddSingleton(provider =>
            new AttendanceCache(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<KeyedHash>(),
                provider.GetRequiredService<MailLinks>().CoordinatorAddress, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<AttendanceCache>>()));
        services.AddSingleton(provider =>
        {
            var attendance = provider.GetRequiredService<AttendanceCache>();
            return new MailWriter(
                provider.GetRequiredService<LanguageSet>(), provider.GetRequiredService<PatientVault>(), provider.GetRequiredService<MailLinks>(),
                () => attendance.IsAttended, () => attendance.OnDuty, provider.GetRequiredService<TreatmentFacts>(), settings.Face);
        });
        services.AddSingleton<MailSamples>();
        services.AddSingleton<ListStopped>();
        services.AddSingleton<RequeueStopped>();
        services.AddSingleton<SetAsideStopped>();
        services.AddSingleton<TakeBackStopped>();
        services.AddSingleton<VerifyHistory>();
        return services;
    }

    public static ErasureLedger LedgerOf(AppSettings settings) => new(settings.Privacy.ErasureLedger ?? settings.Data.ErasureLedger);

    private static Policy ShippedPolicy(ReferralOptions options) => Policy.Shipped with
    {
        WindowHours = options.OfferWindowHours,
        UrgentWindowHours = Math.Min(options.OfferWindowHours, Policy.Shipped.UrgentWindowHours),
        MostOffers = options.MaxOffers,
    };

    private static ReferenceFiles LoadReferenceFiles(Database database) =>
        database.ReadAsync(async session => await ReferenceStore.LoadAsync(session, await NetworkStore.VersionAsync(session))).GetAwaiter().GetResult();

    /// <summary>The stages of the roles, the relay between them, and the mail sender beside the worker.</summary>
    public static IServiceCollection AddRoles(this IServiceCollection services, AppSettings settings)
    {
        if (settings.Roles.HasFlag(Roles.Web))
        {
            services.AddSingleton(settings.Console);
            services.AddWebRole(settings.Intake, settings.PublicUrl);
        }

        if (settings.Roles.HasFlag(Roles.Worker))
        {
            services.AddPipeline(settings.FollowUp);
            services.AddSingleton<MimeFactory>();
            services.AddSingleton<Func<IMailTransport>>(settings.Mail.Transport == MailTransportKind.Smtp
                ? () => new SmtpTransport(settings.Mail)
                : () => new PickupTransport(settings.Data.MailDirectory));
            services.AddSingleton<RefusalAlarm>();
            services.AddSingleton<MailLedger>();
            services.AddSingleton<MailGate>();
            services.AddSingleton<MailCheck>();
            services.AddHostedService<MailSender>();
        }

        services.AddMessaging(settings.Broker, settings.Roles.HasFlag(Roles.Worker) ? Pipeline.Stages : []);
        return services;
    }
}
