//! As much of JSON Schema as the document uses.

use serde_json::Value;

/// What is wrong with a value, or nothing.
pub(crate) fn check(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]).unwrap();
        return check(document, target, value).map_err(|wrong| format!("{reference}: {wrong}"));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let wrong: Vec<_> = choices.iter().filter_map(|choice| check(document, choice, value).err()).collect();
        return if wrong.len() < choices.len() { Ok(()) } else { Err(wrong.join("; ")) };
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        other => panic!("{other:?} in {schema}"),
    };
    let allowed = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    let uuid = schema["format"] != "uuid" || value.as_str().is_some_and(|text| text.parse::<uuid::Uuid>().is_ok());
    // The one pattern: an integer as text.
    let number = schema["pattern"].is_null() || value.as_str().is_some_and(|text| text.parse::<i64>().is_ok());
    if !fits || !allowed || !uuid || !number {
        return Err(format!("{value} is not {schema}"));
    }
    match value {
        Value::Object(members) => {
            for name in schema["required"].as_array().into_iter().flatten() {
                if !members.contains_key(name.as_str().unwrap()) {
                    return Err(format!("no {name} in {value}"));
                }
            }
            for (name, value) in members {
                match &schema["properties"][name] {
                    Value::Null if schema["additionalProperties"] == true => (),
                    Value::Null => return Err(format!("{name} is not documented")),
                    member => check(document, member, value).map_err(|wrong| format!("{name}: {wrong}"))?,
                }
            }
            Ok(())
        }
        Value::Array(items) => items.iter().try_for_each(|item| check(document, &schema["items"], item)),
        _ => Ok(()),
    }
}

#[test]
fn a_schema_says_what_fits() {
    let document = serde_json::json!({ "a": { "type": "string", "enum": ["x"] } });
    let object = serde_json::json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": { "a": { "$ref": "#/a" }, "n": { "type": "string", "pattern": "p" }, "d": { "type": "integer" } },
    });
    for (value, expected) in [
        (r#"{"a":"x","n":"7","d":5}"#, true),
        (r#"{"a":"y"}"#, false),
        (r#"{"n":"7"}"#, false),
        (r#"{"a":"x","b":1}"#, false),
        (r#"{"a":"x","n":"seven"}"#, false),
        (r#"{"a":"x","d":"5"}"#, false),
        ("[]", false),
    ] {
        let value: Value = serde_json::from_str(value).unwrap();
        assert_eq!(check(&document, &object, &value).is_ok(), expected, "{value}");
    }
}
