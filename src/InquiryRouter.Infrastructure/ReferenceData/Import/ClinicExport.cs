using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Writes clinics as the JSON that <see cref="ClinicImport"/> takes: read again, they are the same clinics.</summary>
public static class ClinicExport
{
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    // The fields of a file are those of the model: what the model comes to have is written without anybody remembering it here.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new DayConverter(), new TimeConverter() },

        // What no file changes.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutOwn, WithClosingTime } },
    };

    /// <param name="output">UTF-8, written to and left open.</param>
    /// <param name="source">Where the clinics come from, for who reads the file.</param>
    /// <param name="asOf">The day they are of.</param>
    public static void Write(Stream output, string source, DateOnly asOf, IReadOnlyList<Clinic> clinics) =>
        JsonSerializer.Serialize(output, new ClinicFile(source, asOf, clinics), s_options);

    /// <summary>One clinic, as it stands in such a file.</summary>
    internal static JsonObject ToNode(Clinic clinic) => JsonSerializer.SerializeToNode(clinic, s_options)!.AsObject();

    private static void WithoutOwn(JsonTypeInfo type)
    {
        if (type.Type == typeof(Clinic))
        {
            foreach (var own in type.Properties.Where(IsOwn).ToList())
            {
                type.Properties.Remove(own);
            }
        }
    }

    private static void WithClosingTime(JsonTypeInfo type)
    {
        if (type.Type == typeof(Clinic))
        {
            type.Properties
                .Single(p => p.AttributeProvider is System.Reflection.PropertyInfo { Name: nameof(Clinic.Closes) })
                .CustomConverter = new ClosingConverter();
        }
    }

    private static bool IsOwn(JsonPropertyInfo property) =>
        property.AttributeProvider is System.Reflection.PropertyInfo { Name: nameof(Clinic.PausedUntil) or nameof(Clinic.MailFailsSince) };

    private sealed record ClinicFile(string Source, DateOnly AsOf, IReadOnlyList<Clinic> Clinics);

    private sealed class DayConverter : JsonConverter<DayOfWeek>
    {
        public override DayOfWeek Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (DayOfWeek)Array.IndexOf(s_days, reader.GetString());

        public override void Write(Utf8JsonWriter writer, DayOfWeek value, JsonSerializerOptions options) => writer.WriteStringValue(s_days[(int)value]);
    }

    private sealed class ClosingConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ClosingTime.TryParse(reader.GetString(), out var closes) ? closes : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ClosingTime.Text(value));
    }

    private sealed class TimeConverter : JsonConverter<TimeOnly>
    {
        private const string Form = "HH:mm";

        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeOnly.ParseExact(reader.GetString()!, Form, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
    }
}
