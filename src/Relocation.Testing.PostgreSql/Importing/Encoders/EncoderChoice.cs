using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Chooses the encoder for a field's cells in a column.</summary>
internal static class EncoderChoice
{
    /// <summary>Chooses, or says why the field cannot be written.</summary>
    internal static ColumnEncoder For(Table table, RelocationField field, TableColumn column)
    {
        var type = column.Type;
        if (field.IsServerText)
        {
            // Only a table set aside for them takes such texts; the server makes values of them (StagedWriter).
            return new BytesEncoder();
        }

        if (type.Kind == StoreKind.Unknown || (type.Kind == StoreKind.Array && type.Element!.Kind == StoreKind.Unknown))
        {
            throw PostgreSqlErrors.TypeNotSupported(table, field, column.TypeText);
        }

        return Find(field.Type, type) ?? throw PostgreSqlErrors.TypeMismatch(table, field, column.TypeText);
    }

    private static ColumnEncoder? Find(FieldType field, PostgreSqlType type) => (field, type.Kind) switch
    {
        (FieldType.Integer, StoreKind.SmallInt) => new IntegerEncoder(sizeof(short)),
        (FieldType.Integer, StoreKind.Integer) => new IntegerEncoder(sizeof(int)),
        (FieldType.Integer, StoreKind.BigInt) => new IntegerEncoder(sizeof(long)),
        (FieldType.Integer, StoreKind.Numeric) => new IntegerAsNumericEncoder(),
        (FieldType.Boolean, StoreKind.Boolean) => new BooleanEncoder(),
        (FieldType.Real, StoreKind.Single) => new RealEncoder(isSingle: true),
        (FieldType.Real, StoreKind.Double) => new RealEncoder(isSingle: false),
        (FieldType.Decimal, StoreKind.Numeric) => new NumericEncoder(),
        (FieldType.Text, StoreKind.Uuid) => new TextAsUuidEncoder(),
        (FieldType.Text, StoreKind.Inet) => new InetEncoder(isNetwork: false),
        (FieldType.Text, StoreKind.Cidr) => new InetEncoder(isNetwork: true),
        (FieldType.Guid, StoreKind.Text) => new GuidAsTextEncoder(),

        // Both are microseconds; a moment without a zone is taken as UTC (docs/sentry-import.md, section 1.3).
        (FieldType.DateTime or FieldType.Instant, StoreKind.Timestamp) => new TimestampEncoder(),
        (FieldType.Date, StoreKind.Date) => new DateEncoder(),
        (FieldType.Time, StoreKind.Time) => new TimeEncoder(),
        (FieldType.Duration, StoreKind.Interval) => new IntervalEncoder(),
        (FieldType.Text or FieldType.Json or FieldType.Array, StoreKind.Jsonb) => new JsonbEncoder(),
        (FieldType.Json, StoreKind.Hstore) => new HstoreEncoder(),
        (FieldType.Text or FieldType.Json or FieldType.Array, StoreKind.Json or StoreKind.Text)
            or (FieldType.Bytes, StoreKind.Bytes)
            or (FieldType.Guid, StoreKind.Uuid) => new BytesEncoder(),
        (FieldType.Array or FieldType.Json, StoreKind.Array) => OfArray(type.Element!),
        _ => null,
    };

    private static ArrayEncoder? OfArray(PostgreSqlType element)
    {
        FieldType? field = element.Kind switch
        {
            StoreKind.SmallInt or StoreKind.Integer or StoreKind.BigInt => FieldType.Integer,
            StoreKind.Boolean => FieldType.Boolean,
            StoreKind.Single or StoreKind.Double => FieldType.Real,
            StoreKind.Numeric => FieldType.Decimal,
            StoreKind.Text or StoreKind.Uuid or StoreKind.Inet or StoreKind.Cidr => FieldType.Text,
            StoreKind.Bytes => FieldType.Bytes,
            StoreKind.Timestamp => FieldType.Instant,
            StoreKind.Date => FieldType.Date,
            StoreKind.Time => FieldType.Time,
            StoreKind.Interval => FieldType.Duration,
            StoreKind.Json or StoreKind.Jsonb => FieldType.Json,
            _ => null,
        };
        return field is { } known && Find(known, element) is { } encoder
            ? new ArrayEncoder(element.Oid, new ArrayElement(known, element.Name, encoder))
            : null;
    }
}
