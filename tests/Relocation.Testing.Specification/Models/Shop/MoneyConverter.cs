using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Money as whole cents.</summary>
public sealed class MoneyConverter() : ValueConverter<Money, long>(money => money.Cents, cents => new Money(cents));
