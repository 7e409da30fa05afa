using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>
/// Whether two clinics say the same. Records compare their lists by reference, so both are written out whole and compared as text: a field
/// added to the model later takes part by itself.
/// </summary>
internal static class ClinicContent
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new Amounts() } };

    public static bool Same(Clinic one, Clinic other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, s_json).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, s_json));

    /// <summary>14500.5 and 14500.50 are one price.</summary>
    private sealed class Amounts : JsonConverter<decimal>
    {
        // Dividing by it takes the zeros at the end away.
        private const decimal One = 1.0000000000000000000000000000m;

        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / One);
    }
}
