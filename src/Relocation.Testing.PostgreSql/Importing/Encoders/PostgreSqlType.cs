namespace Relocation.Testing.Importing.Encoders;

/// <summary>A type of the database; domains are looked through.</summary>
/// <param name="Oid">The type's own number, which arrays carry for their elements.</param>
/// <param name="Name">The name, for messages.</param>
/// <param name="Kind">Its form; that of the base type for a domain.</param>
/// <param name="Element">The type of the elements of an array.</param>
internal sealed record PostgreSqlType(uint Oid, string Name, StoreKind Kind, PostgreSqlType? Element)
{
    /// <summary>The form of a base type. The numbers of built-in types are the same in every database.</summary>
    internal static StoreKind KindOf(uint oid, string name, char category) => oid switch
    {
        16 => StoreKind.Boolean,
        17 => StoreKind.Bytes,
        20 => StoreKind.BigInt,
        21 => StoreKind.SmallInt,
        23 => StoreKind.Integer,
        19 or 25 or 142 or 1042 or 1043 => StoreKind.Text,
        114 => StoreKind.Json,
        3802 => StoreKind.Jsonb,
        650 => StoreKind.Cidr,
        869 => StoreKind.Inet,
        700 => StoreKind.Single,
        701 => StoreKind.Double,
        1082 => StoreKind.Date,
        1083 => StoreKind.Time,
        1114 or 1184 => StoreKind.Timestamp,
        1186 => StoreKind.Interval,
        1700 => StoreKind.Numeric,
        2950 => StoreKind.Uuid,

        _ when name == "hstore" => StoreKind.Hstore,

        // An enum's value is sent as its label; citext comes with an extension, so its number varies.
        _ when category == 'e' || name == "citext" => StoreKind.Text,
        _ => StoreKind.Unknown,
    };
}
