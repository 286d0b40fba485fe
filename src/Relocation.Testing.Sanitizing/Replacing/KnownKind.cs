namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>What a known value is, which tells what takes its place.</summary>
internal enum KnownKind : byte
{
    Text,
    Email,
    Host,
    Name,
    SlugOfName,
    Slug,
    Url,
    Uuid,
    IpAddress,
    UserName,
    Phone,
    Iban,
    CardNumber,
    CardExpiry,
    MacAddress,
    Coordinate,
    Binary,
}
