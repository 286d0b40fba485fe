using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>Writes a value that a hash decides.</summary>
internal delegate void InventedValue(Utf8JsonWriter writer, Faker faker, ulong hash);
