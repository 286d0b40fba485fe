using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Sanitizing;

/// <summary>What the names of fields tell of personal data.</summary>
[Case("sanitize-unruled")]
public sealed class PersonalDataTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SanitizeKind.Name, "first_name LastName fullName given_names family_name MaidenName middle_name nickname preferred_name customer_first_name contact_name "
        + "customer_name cardHolderName account_holder billing_name vorname Nachname geburtsname kundenname mitarbeitername contactname customername ship_name bill_to_name author prénom nom_de_famille apellido_paterno primer_nombre customerlastname")]
    [InlineData(SanitizeKind.Email, "email e_mail eMail EMAIL emailAddress email_address mail contact_email email2 work_email email_private backup_mail_address courriel correo_electronico E-Mail-Adresse")]
    [InlineData(SanitizeKind.Phone, "phone phone_number PhoneNumber customerPhone2 mobile mobile_no cell_phone fax home_phone phone_home tel telephone telefon handynummer telefono_movil numéro_téléphone")]
    [InlineData(SanitizeKind.Text, "street billing_street street_address address address1 address_line_2 home_address house_number addressLine3 strasse Straße hausnummer anschrift lieferadresse rechnungsadresse Lieferstrasse rue calle direccion")]
    [InlineData(SanitizeKind.Text, "postal_code zip ZipCode postcode plz code_postal codigo_postal billing_zip lieferplz")]
    [InlineData(SanitizeKind.Text, "ship_city ship_to_city customer_city contact_title lieferort")]
    [InlineData(SanitizeKind.Text, "bic swift_code account_number accountNo sort_code routing_number kontonummer blz numero_compte numero_cuenta bank_account")]
    [InlineData(SanitizeKind.Iban, "iban IBAN customer_iban ibanNumber")]
    [InlineData(SanitizeKind.CardNumber, "card_number creditCardNumber credit_card cc_number kreditkartennummer numero_tarjeta pan")]
    [InlineData(SanitizeKind.Text, "cvv cvc card_cvv2 last4 card_last_4")]
    [InlineData(SanitizeKind.CardExpiry, "card_expiry cardExpirationDate cc_exp valid_thru")]
    [InlineData(SanitizeKind.Text, "ssn social_security_number vat_id tax_id taxNumber passport passport_no national_id driver_licence DriversLicenseNumber nino id_card_number "
        + "steuernummer steuer_nr ausweisnummer numero_securite_sociale nif dni curp")]
    [InlineData(SanitizeKind.UserName, "username user_name UserName login login_name screen_name benutzername nom_utilisateur usuario twitter_handle created_by last_modified_by assigned_to")]
    [InlineData(SanitizeKind.Text, "password passwordHash pwd security_stamp SecurityStamp api_key refresh_token client_secret salt passwort mot_de_passe recovery_codes session_key")]
    [InlineData(SanitizeKind.IpAddress, "ip ip_address client_ip remoteIp last_login_ip IPAddress ipv4 adresse_ip")]
    [InlineData(SanitizeKind.MacAddress, "mac mac_address MACAddress hw_address")]
    [InlineData(SanitizeKind.Coordinate, "latitude longitude lat lng geo_lat gps_coordinates breitengrad")]
    [InlineData(SanitizeKind.Text, "notes note comment customer_comments bio biography about about_me message remarks bemerkung commentaire observaciones internal_note")]
    [InlineData(SanitizeKind.Date, "date_of_birth dob birth_date BirthDate geburtsdatum date_naissance fecha_nacimiento born_on")]
    public void Field_that_is_named_like_personal_data_has_a_rule(SanitizeKind kind, string names)
    {
        foreach (var name in names.Split(' '))
        {
            Assert.Equal((name, kind), (name, RuleOf("shop.thing", Field(name))?.Kind));
        }
    }

    [Theory]
    [InlineData("description phone_model phone_type address_id address_type email_template email_subject mail_server username_required message_template message_id "
        + "ip_count token_type token_count comment_status street_type name title city display_name product_name company_name file_name code sku status state number country "
        + "handle placeholder media_player_name colorprofile_name oauth_client_name invoice_number shipping_method order_line currency locale reference_no bank_name")]
    public void False_friend_has_none(string names)
    {
        foreach (var name in names.Split(' '))
        {
            Assert.Equal((name, null), (name, RuleOf("shop.product", Field(name))));
        }
    }

    [Theory]
    [InlineData("name", SanitizeKind.Name)]
    [InlineData("title", SanitizeKind.Text)]
    [InlineData("city", SanitizeKind.Text)]
    [InlineData("display_name", SanitizeKind.Name)]
    public void Name_title_and_city_are_a_persons_only_where_the_model_says_so(string name, SanitizeKind kind)
    {
        Assert.Null(RuleOf("shop.product", Field(name), Field("price", FieldType.Decimal)));
        Assert.Equal(kind, RuleOf("shop.product", Field(name), Field("contact_email"))?.Kind);
        Assert.Equal(kind, RuleOf("shop.customer", Field(name))?.Kind);
        Assert.Equal(kind, RuleOf("crm.applicationuser", Field(name))?.Kind);
        Assert.Null(RuleOf("crm.usergroup", Field(name)));
        Assert.All(["placeholder", "mediaplayer", "media_player", "colorprofile", "oauthclient", "OAuthClients"], model => Assert.Null(RuleOf($"app.{model}", Field(name))));
        Assert.Equal(kind, RuleOf("app.oauthuser", Field(name))?.Kind);
        Assert.Null(RuleOf("shop.product", Field(name), Field("vat", FieldType.Integer)));
    }

    [Fact]
    public void What_stands_around_a_field_says_what_it_is()
    {
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.depot", Field("address.line1"))?.Kind);
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.depot", Field("address.number"))?.Kind);
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.depot", Field("billing_state"))?.Kind);
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.depot", Field("shipping_city"))?.Kind);
        Assert.Equal(SanitizeKind.Name, RuleOf("shop.depot", Field("owner.name"))?.Kind);
        Assert.Equal(SanitizeKind.CardExpiry, RuleOf("shop.payment", Field("expiry"), Field("card_number"))?.Kind);
        Assert.Null(RuleOf("shop.payment", Field("expiry")));
        Assert.Equal(SanitizeKind.Coordinate, RuleOf("shop.depot", Field("latitude", FieldType.Real))?.Kind);
        Assert.Equal(SanitizeKind.Phone, RuleOf("shop.depot", Field("phone", FieldType.Integer))?.Kind);
        Assert.Null(RuleOf("shop.depot", Field("ip", FieldType.Integer)));
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.payment", Field("cvv", FieldType.Integer))?.Kind);
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.customer", Field("pin", FieldType.Integer))?.Kind);
        Assert.Equal(SanitizeKind.Text, RuleOf("shop.payment", Field("account_number", FieldType.Decimal))?.Kind);
        Assert.Null(RuleOf("shop.product", Field("item_vat", FieldType.Decimal)));
        Assert.Null(RuleOf("shop.product", Field("comments", FieldType.Integer)));
        Assert.All(["line1", "number", "state", "city"], name => Assert.Equal(SanitizeKind.Text, RuleOf("shop.address", Field(name))?.Kind));
        Assert.All(["line1", "number", "state", "city"], name => Assert.Equal(SanitizeKind.Text, RuleOf("shop.customeraddress", Field(name))?.Kind));
        Assert.All(["line1", "number", "state", "city"], name => Assert.Null(RuleOf("net.ipaddress", Field(name))));
        Assert.Equal(SanitizeKind.IpAddress, RuleOf("net.host", Field("address") with { StoreType = "inet" })?.Kind);
        Assert.Equal(SanitizeKind.Url, RuleOf("shop.customer", Field("avatar"))?.Kind);
        Assert.Equal(SanitizeKind.Binary, RuleOf("shop.customer", Field("photo", FieldType.Bytes))?.Kind);
        Assert.Null(RuleOf("shop.product", Field("photo", FieldType.Bytes)));
        Assert.Equal(SanitizeKind.Binary, RuleOf("shop.product", Field("password_hash", FieldType.Bytes))?.Kind);
    }

    [Fact]
    public async Task Person_of_a_plain_model_comes_out_clean()
    {
        string[] names = ["first_name", "last_name", "phone_number", "home_address", "iban", "email_address", "user_name"];
        var model = Model("snake.person", [.. names.Select(name => Field(name))]);
        var original = Backup.FromFile(Repository.Shared("cases", "sanitize-unruled", "people.json"));
        var before = JsonElement.Parse(await File.ReadAllTextAsync(Repository.Shared("cases", "sanitize-unruled", "people.json"), Cancel))[0].GetProperty("fields");

        var text = await Sanitized.TextAsync(original, new SanitizeOptions { Model = model, Seed = "s" });

        var after = JsonElement.Parse(text)[0].GetProperty("fields");
        Assert.All(names, name => Assert.NotEqual(before.GetProperty(name).GetString(), after.GetProperty(name).GetString()));
        var audit = await LeakAudit.RunAsync(original, Backup.FromJson(text), new LeakAuditOptions { Model = model }, Cancel);
        Assert.Empty(audit.Findings);
        Assert.Empty(audit.Kept);
    }

    [Fact]
    public void Values_keep_their_form()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var sanitizer = new Sanitizer($"{seed}");

            var iban = sanitizer.MapIban("DE89 3704 0044 0532 0130 00");
            Assert.Matches("^DE[0-9]{2}( [0-9]{4}){4} [0-9]{2}$", iban);
            Assert.Equal(1, Remainder(iban));
            Assert.Equal(1, Remainder(sanitizer.MapIban("GB29NWBK60161331926819")));
            var card = sanitizer.MapCardNumber("4111-1111-1111-1111");
            Assert.Matches("^4[0-9]{3}(-[0-9]{4}){3}$", card);
            Assert.Equal(0, Luhn(card));
            Assert.Matches(@"^\+4[0-9] [0-9]{3} [0-9]{7}$", sanitizer.MapPhone("+49 170 1234567"));
            Assert.Matches("^(0[1-9]|1[0-2])/29$", sanitizer.MapCardExpiry("12/29"));
            Assert.NotEqual("12/29", sanitizer.MapCardExpiry("12/29"));
            Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", sanitizer.MapMacAddress("aa:bb:cc:dd:ee:ff"));
            Assert.InRange(double.Parse(sanitizer.MapCoordinate("-48.137154"), CultureInfo.InvariantCulture), -90, 0);
            Assert.InRange(double.Parse(sanitizer.MapCoordinate("179.9999"), CultureInfo.InvariantCulture), 90, 180);
            Assert.Matches(@"^[^@ ]+@[^@ ]+\.example$", sanitizer.MapEmail("ada@mail.example.org"));
            Assert.Matches(@"^[^@ ]+@[^@ ]+\.test$", sanitizer.MapEmail("root@localhost"));
            Assert.Equal(24, Convert.FromBase64String(sanitizer.MapBinary(Convert.ToBase64String(new byte[24]))).Length);
        }
    }

    [Fact]
    public void Name_in_upper_case_follows_the_name_beside_it_in_an_object()
    {
        var rules = SanitizeRules.Default(Model("shop.depot", Field("owner.normalized_name"), Field("owner.name"), Field("owner.slug")));

        Assert.Equal(
            "shop.depot.owner.name: Name\nshop.depot.owner.normalized_name: Upper case of name\nshop.depot.owner.slug: Slug of name\n", rules.ToString());
    }

    /// <summary>Numbers in JSON are as personal as text, but for counts.</summary>
    [Fact]
    public async Task Numbers_in_json_are_replaced_where_the_name_of_their_member_says_what_they_are()
    {
        var fields = await Sanitized.FieldsAsync(null, """
            "data": {"phone": 491701234567, "pin": 4711, "account_number": 12345678901234567890123, "zip": [12345], "password": 987654, "birth_date": "10.12.1815", "born_on": "1815-12-10",
              "comments": 3, "max_tokens": 4096, "size": 12345, "latitude": 48.137154, "dob": "infinity"}
            """);

        var data = fields[0].GetProperty("data");
        Assert.Matches("^[1-9][0-9]{11}$", data.GetProperty("phone").GetRawText());
        Assert.Matches("^[1-9][0-9]{22}$", data.GetProperty("account_number").GetRawText());
        Assert.Matches(@"^[0-9]{2}\.[0-9]{2}\.[0-9]{4}$", data.GetProperty("birth_date").GetString());
        string[] replaced = ["491701234567", "4711", "12345678901234567890123", "[12345]", "987654", "\"10.12.1815\"", "\"1815-12-10\"", "48.137154"];
        Assert.Empty(replaced.Intersect(data.EnumerateObject().Select(member => member.Value.GetRawText())));
        Assert.Equal(["3", "4096", "12345", "\"infinity\""], new[] { "comments", "max_tokens", "size", "dob" }.Select(name => data.GetProperty(name).GetRawText()));
    }

    [Fact]
    public async Task Name_and_town_in_json_are_a_persons_where_a_member_beside_them_says_so()
    {
        var fields = await Sanitized.FieldsAsync(
            null,
            "\"data\": {\"to\": {\"name\": \"Ada\", \"city\": \"London\", \"email\": \"ada@example.org\"}, \"product\": {\"name\": \"Lamp\", \"city\": \"Oslo\", \"price\": 3}}, \"caption\": \"Adalbert of London-Town\"",
            "\"config\": {\"name\": \"Grace\"}",
            "\"config\": {\"phone\": \"0170 1234567\"}",
            "\"config\": {\"name\": \"Eve\"}");

        var (to, product) = (fields[0].GetProperty("data").GetProperty("to"), fields[0].GetProperty("data").GetProperty("product"));
        Assert.NotEqual("Ada", to.GetProperty("name").GetString());
        Assert.NotEqual("London", to.GetProperty("city").GetString());
        Assert.Equal(("Lamp", "Oslo"), (product.GetProperty("name").GetString(), product.GetProperty("city").GetString()));
        Assert.DoesNotContain("London", fields[0].GetProperty("caption").GetString(), StringComparison.Ordinal);
        Assert.Empty(new[] { fields[1], fields[3] }.Select(record => record.GetProperty("config").GetProperty("name").GetString()).Intersect(["Grace", "Eve"]));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "/8")]
    [InlineData("10.1.2.0/24", ".0/24")]
    [InlineData("2001:db8::/32", "::/32")]
    public void Network_stays_one(string network, string end)
    {
        var mapped = new Sanitizer("s").MapIpAddress(network);

        Assert.NotEqual(network, mapped);
        Assert.EndsWith(end, mapped, StringComparison.Ordinal);
        Assert.Equal(mapped, System.Net.IPNetwork.Parse(mapped).ToString());
    }

    [Theory]
    [InlineData("12345678901234567890.00")]
    [InlineData("1234567890.25")]
    [InlineData("-70000")]
    [InlineData("1.5E+9")]
    public void Number_keeps_its_digits(string number)
    {
        var mapped = new Sanitizer("s").MapNumber(number);
        var plain = number == "1.5E+9" ? "1500000000" : number;

        Assert.NotEqual(plain, mapped);
        Assert.Equal(plain.Length, mapped.Length);
        Assert.Equal(plain.IndexOf('.', StringComparison.Ordinal), mapped.IndexOf('.', StringComparison.Ordinal));
        Assert.Equal(decimal.Sign(decimal.Parse(plain, CultureInfo.InvariantCulture)), decimal.Sign(decimal.Parse(mapped, CultureInfo.InvariantCulture)));
    }

    /// <summary>A name that is somebody's must not come into an address as two words.</summary>
    [Fact]
    public async Task Parts_of_addresses_and_user_names_hold_no_blanks()
    {
        var model = Model("shop.customer", Field("name"), Field("email"), Field("user_name"), Field("homepage_url"));
        var backup = Backup.FromJson("""
            [{"model": "shop.customer", "pk": 1, "fields": {"name": "ada", "email": "ada@ada.org", "user_name": "ada", "homepage_url": "https://ada.org/ada"}}]
            """);

        var text = await Sanitized.TextAsync(backup, new SanitizeOptions { Model = model, Seed = "s" });

        var fields = JsonElement.Parse(text)[0].GetProperty("fields");
        Assert.All(["email", "user_name", "homepage_url"], name => Assert.DoesNotContain(' ', fields.GetProperty(name).GetString()!));
    }

    [Fact]
    public async Task Numbers_stay_numbers_of_their_size_and_unique()
    {
        var model = Model("shop.customer", Field("phone", FieldType.Integer), Field("latitude", FieldType.Real));
        var records = Enumerable.Range(0, 300).Select(i => $$"""{"model": "shop.customer", "pk": {{i + 1}}, "fields": {"phone": {{2147483000 + i}}, "latitude": 48.{{100 + i}} } }""");

        var text = await Sanitized.TextAsync(Backup.FromJson($"[{string.Join(',', records)}]"), new SanitizeOptions { Model = model, Seed = "s" });

        var fields = JsonElement.Parse(text).EnumerateArray().Select(record => record.GetProperty("fields")).ToList();
        Assert.Equal(300, fields.Select(record => record.GetProperty("phone").GetInt32()).Distinct().Count());
        Assert.Equal(300, fields.Select(record => record.GetProperty("latitude").GetDouble()).Distinct().Count());
        Assert.All(fields, record => Assert.InRange(record.GetProperty("latitude").GetDouble(), 0, 90));
        Assert.All(fields, record => Assert.InRange(record.GetProperty("phone").GetInt32(), 1_000_000_000, int.MaxValue));
    }

    private static SanitizeRule? RuleOf(string model, params RelocationField[] fields) =>
        SanitizeRules.Default(Model(model, fields)).Find(ModelLabel.Parse(model), fields[0].Name);

    private static RelocationModel Model(string label, params RelocationField[] fields) => RelocationModel.Create("model",
    [
        new RelocationEntity
        {
            Label = ModelLabel.Parse(label),
            Table = label.Split('.')[1],
            Key = new RelocationKey { Fields = [Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
            Fields = fields,
        },
    ]);

    private static RelocationField Field(string name, FieldType type = FieldType.Text) => new() { Name = name, Column = name, Type = type, StoreType = "any", IsNullable = true };

    private static int Remainder(string iban)
    {
        var plain = iban.Replace(" ", string.Empty, StringComparison.Ordinal);
        var digits = string.Concat((plain[4..] + plain[..4]).Select(character => char.IsAsciiDigit(character) ? $"{character}" : $"{character - 'A' + 10}"));
        return (int)(BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97);
    }

    private static int Luhn(string number) => number.Where(char.IsAsciiDigit).Reverse().Select((character, at) => (character - '0') * (1 + (at % 2)))
        .Sum(digit => digit > 9 ? digit - 9 : digit) % 10;
}
